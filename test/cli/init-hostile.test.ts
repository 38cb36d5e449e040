import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { init } from '../../src/commands/init/init.ts';
import { loadDocuments } from '../../src/source/index.ts';
import { recordedTerminal } from './in-process.ts';
import { workFolder } from './program.ts';

const folder = workFolder();
let count = 0;

const NASTY = [
  'a\nx-evil: true',
  'a\r\nb: 1',
  '\u2028x: 1',
  '\u0085x: 1',
  '\u001b[2J',
  "it's",
  '"]["x',
  '}: {',
  '# x',
  '- a',
  '\u202eevil',
  '\u0007',
  '&a *b !c',
  'null',
  'yes',
  '1e3',
  '__proto_',
  '${env.name}',
  '😀',
  'FILL IN: x',
  "'",
  '\\',
];
const nasty = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);

const scheme = fc.oneof(
  fc.record({ type: fc.constant('openIdConnect'), openIdConnectUrl: nasty }),
  fc.record({
    type: fc.constant('apiKey'),
    in: fc.constantFrom('header', 'query', 'cookie'),
    name: nasty,
  }),
  fc.record({ type: fc.constant('http'), scheme: fc.oneof(fc.constantFrom('basic', 'bearer'), nasty) }),
  fc.record({ type: fc.constant('mutualTLS') }),
  fc.record({
    type: fc.constant('oauth2'),
    flows: fc.record({
      authorizationCode: fc.record({
        authorizationUrl: nasty,
        tokenUrl: nasty,
        scopes: fc.constant({}),
      }),
    }),
  }),
);

const document = fc
  .record({
    title: nasty,
    servers: fc.array(fc.record({ url: nasty }), { maxLength: 2 }),
    schemes: fc.dictionary(nasty, scheme, { maxKeys: 3 }),
    path: nasty,
    id: nasty,
    security: fc.constantFrom('absent', 'empty', 'optional', 'used'),
  })
  .map(({ title, servers, schemes, path, id, security }) => {
    const requirement = Object.fromEntries(Object.keys(schemes).map((name) => [name, []]));
    const alternatives = { absent: undefined, empty: [], optional: [{}, requirement], used: [requirement] };
    const operation = { operationId: id, security: alternatives[security], responses: {} };
    return {
      openapi: '3.1.0',
      info: { title, version: '1' },
      servers,
      security: [requirement],
      paths: { [`/${path}`]: { get: operation, post: { ...operation, operationId: `${id}2` } } },
      components: { securitySchemes: schemes },
    };
  });

function write(text: string, name: string): string {
  count += 1;
  const file = join(folder, String(count), name);
  mkdirSync(join(folder, String(count)), { recursive: true });
  writeFileSync(file, text);
  return file;
}

type Tree = { readonly [key: string]: Tree };

/** Every key and text of a draft that did not come from gwc. */
function structure(overlay: Tree): readonly string[] {
  const gateway = (overlay['actions'] as unknown as readonly Tree[])[0]?.['update']?.['x-gateway'];
  return Object.keys(gateway ?? {});
}

describe('no text of a document becomes structure of a draft', () => {
  test('whatever its names, titles, servers and paths hold', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (value) => {
        const file = write(JSON.stringify(value), 'openapi.json');
        const { terminal, out } = recordedTerminal();
        const code = await init(file, { stdout: true }, terminal);
        if (code === 3) return;
        expect(out()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\ufeff]/);
        const draft = load(out(), { schema: CORE_SCHEMA }) as Tree;
        expect(Object.keys(draft)).toEqual(['overlay', 'extends', 'info', 'actions']);
        expect(draft['actions']).toHaveLength(1);
        const known = ['version', 'backends', 'authenticators', 'consumers', 'tls', 'secrets', 'defaults'];
        expect(known).toEqual(expect.arrayContaining([...structure(draft)]));
        const overlay = file.replace('openapi.json', 'o.yaml');
        writeFileSync(overlay, out());
        const errors = loadDocuments([file], { overlays: [overlay] }).diagnostics;
        expect(errors.filter((one) => one.code.startsWith('SRC03'))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('and what is suggested in comments can be taken as it stands', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, async (path) => {
        const operation = { security: [], responses: {} };
        const value = {
          openapi: '3.1.0',
          info: { title: 'x', version: '1' },
          security: [],
          paths: { [`/${path}`]: { post: operation } },
        };
        const file = write(JSON.stringify(value), 'openapi.json');
        const { terminal, out } = recordedTerminal();
        if ((await init(file, { stdout: true }, terminal)) === 3) return;
        const taken = out().replace(/^ {2}# (- target: .*)\n {2}# {3}(update: .*)$/gm, '  $1\n    $2');
        expect(taken).not.toBe(out());
        const overlay = file.replace('openapi.json', 'o.yaml');
        writeFileSync(overlay, taken);
        const { documents, diagnostics } = loadDocuments([file], { overlays: [overlay] });
        expect(diagnostics.filter((one) => one.code.startsWith('SRC03'))).toEqual([]);
        const post = documents.roots[0]?.child('paths')?.child(`/${path}`)?.child('post');
        expect(post?.child('x-gateway')?.value).toEqual({ public: { reason: null } });
      }),
      { numRuns: 60 },
    );
  });

  test('in a document of any other shape there is a finding and no crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.constantFrom('openapi', 'swagger'), async (value, field) => {
        const version = field === 'openapi' ? '3.0.3' : '2.0';
        const root = typeof value === 'object' && !Array.isArray(value) ? value : { paths: value };
        const file = write(JSON.stringify({ ...root, [field]: version }), 'openapi.json');
        const { terminal } = recordedTerminal();
        expect([0, 1, 3]).toContain(await init(file, { stdout: true }, terminal));
        expect([1, 3]).toContain(await init(file, { inPlace: true }, terminal));
      }),
      { numRuns: 60 },
    );
  });
});
