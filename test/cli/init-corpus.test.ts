import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { init } from '../../src/commands/init/init.ts';
import { loadGateway } from '../../src/commands/load.ts';
import { positionOf } from '../../src/diagnostics/order.ts';
import { compile as emit } from '../../src/targets/compile.ts';
import { nginx } from '../../src/targets/nginx/index.ts';
import { corpus, hasCorpus } from '../corpus/real-documents.ts';
import { blanksOf, fillBlanks, takeDecisions } from './filled-draft.ts';
import { recordedTerminal } from './in-process.ts';
import { workFolder } from './program.ts';

const folder = workFolder();

function manifest(): readonly string[] {
  const rows = readFileSync(new URL('MANIFEST.md', corpus), 'utf8').split('\n');
  return rows.flatMap((row) => {
    const cells = row.split('|').map((cell) => cell.trim());
    const file = cells[1] ?? '';
    return /^[\w./-]+\.(ya?ml|json)$/.test(file) && cells.length >= 10 ? [file] : [];
  });
}

/** Mistakes of the documents themselves, which a draft can only repeat. */
const mistaken: Readonly<Record<string, readonly string[]>> = {
  // One operationId twice, an undeclared parameter, parameters that span slashes.
  'kong/12-path-parameter-regex.yaml': ['OAS040'],
  'kong/08-route-defaults-overrides.yaml': ['OAS030'],
  'typespec/library.swagger.json': ['OAS022'],
};

/** What is left when every blank is filled in and every suggested decision is taken. */
const left: Readonly<Record<string, readonly string[]>> = {
  ...mistaken,
  // A server without a host, and a public PUT in another file than the document, which no overlay reaches.
  'digitalocean/specification/DigitalOcean-public.v2.yaml': ['SEC002', 'SRV002'],
  'redocly-cafe-split/cafe.yaml': ['SEC002'],
  // Plain http only.
  'oai-petstore-separate/spec/swagger.json': ['SRV003'],
  'google/endpoints-getting-started.yaml': ['SRV003'],
  // Nothing to serve.
  'oai-examples/webhook-example.json': ['RTE008'],
  // Semicolons and encoded slashes in literal text.
  'autorest/url.json': ['RTE001'],
};

/** What NGINX refuses of a filled draft, with the reason. A draft proposes only what every target can do, so: nothing. */
const refused: Readonly<Record<string, readonly string[]>> = {};

const errorsOf = (loaded: Awaited<ReturnType<typeof loadGateway>>) =>
  loaded.diagnostics.filter(({ severity }) => severity === 'error');

describe.skipIf(!hasCorpus)('a first draft for a real document (needs the shared corpus)', () => {
  test.each(hasCorpus ? manifest() : [])('%s', async (file) => {
    const document = fileURLToPath(new URL(file, corpus));
    const root = fileURLToPath(new URL(`${file.split('/')[0] ?? ''}/`, corpus));
    const { terminal, out } = recordedTerminal();
    const expected = mistaken[file] ?? [];
    expect(await init(document, { stdout: true, root }, terminal)).toBe(expected.length === 0 ? 0 : 1);
    const draft = out().replace(/^extends: .*\n/m, '');
    const overlay = join(folder, 'draft.yaml');
    const options = {
      format: 'pretty',
      overlay: [overlay],
      root: '/',
      ...(draft.includes('build with --server') ? { server: 'https://api.example.com' } : {}),
    } as const;

    writeFileSync(overlay, draft);
    const blank = await loadGateway([document], options);
    const lines = draft.split('\n');
    const unmarked = errorsOf(blank).filter(({ at }) => {
      const place = at === undefined ? undefined : positionOf(at, blank.documents.locate);
      return place?.file !== overlay || lines[(place.line ?? 0) - 1]?.includes('# FILL IN') !== true;
    });
    expect([...new Set(unmarked.map(({ code }) => code))]).toEqual(expected);
    expect(errorsOf(blank)).toHaveLength(blanksOf(draft).length + unmarked.length);

    const scheme = /\n {8}authenticators:\n(?: *#.*\n)*? {10}("?[\w.-]+"?):/.exec(draft)?.[1] ?? '';
    const taken = takeDecisions(fillBlanks(draft), scheme);
    const publicByRoot =
      '  - target: $\n    update: {x-gateway: {defaults: {public: {reason: nobody said}}}}\n';
    writeFileSync(overlay, taken.includes('update: {security: []}') ? taken + publicByRoot : taken);
    const filled = await loadGateway([document], options);
    expect([...new Set(errorsOf(filled).map(({ code }) => code))].sort()).toEqual(left[file] ?? []);
    expect(filled.gateway === undefined).toBe(left[file] !== undefined);
    if (filled.gateway === undefined) return;
    const { artifacts, diagnostics } = emit(filled.gateway, nginx);
    const refusals = diagnostics.filter(({ severity }) => severity === 'error');
    expect(refusals.map(({ code, message }) => `${code} ${message}`)).toEqual(refused[file] ?? []);
    expect(artifacts.some(({ path }) => path === 'nginx.conf')).toBe(refused[file] === undefined);
  });
});
