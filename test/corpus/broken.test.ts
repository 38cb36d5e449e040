import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { type Loaded, loadGateway } from '../../src/commands/load.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { printPretty } from '../../src/diagnostics/print-pretty.ts';
import { compile as emit } from '../../src/targets/compile.ts';
import { nginx } from '../../src/targets/nginx/index.ts';
import { decided } from './bindings.ts';
import { corpus, hasCorpus } from './manifest.ts';
import { writePlainOverlay } from './plain-overlay.ts';
import { vendorDocument } from './vendor-document.ts';

const folder = mkdtempSync(join(tmpdir(), 'gwc-broken-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const schema = (name: string): string => `apidevtools-validate-schema-invalid/${name}.yaml`;
const spec = (name: string): string => `apidevtools-validate-spec-invalid/${name}.yaml`;

/**
 * Errors that remain when back end, authenticators and front door are given; each was looked up in the document. What
 * has none builds: its flaw is in schemas, bodies, responses or `info`, which a gateway does not read, and is a warning.
 */
const expected: Readonly<Record<string, readonly string[]>> = {
  'apidevtools-invalid/newer-version.yaml': ['OAS002'],
  'apidevtools-invalid/no-paths-or-webhooks.yaml': ['OAS014', 'RTE008'],
  'apidevtools-invalid/not-swagger.yaml': ['OAS001'],
  'apidevtools-invalid/numeric-version.yaml': ['OAS002'],
  'apidevtools-invalid/old-version.yaml': ['OAS002'],
  // `in: cookie` does not exist in 2.0.
  [schema('invalid-param-location')]: ['OAS013'],
  [schema('non-required-path-param')]: ['OAS011'],
  [schema('optional-path-param')]: ['OAS013'],
  [schema('ref-to-invalid-path')]: ['OAS073'],
  [spec('duplicate-operation-ids')]: ['OAS040'],
  [spec('duplicate-operation-params')]: ['OAS032'],
  [spec('duplicate-path-placeholders')]: ['OAS023'],
  [spec('no-path-params')]: ['OAS030', 'OAS030'],
  [spec('path-param-no-placeholder')]: ['OAS031'],
  [spec('path-placeholder-no-param')]: ['OAS030'],
  'cfn-tags/sam-api_with_swagger_authorizer_none.yaml': ['SRC005'],
  'dup-key/strongloop-cors-options.yaml': ['SRC004'],
  // `in: quer`, a path parameter that is not required and has no place in the path, a server in plain http.
  'schema/redocly-petstore-with-errors.yaml': ['OAS013', 'OAS013', 'OAS031', 'SRV003'],
};
const unreadable: ReadonlySet<string> = new Set([
  'cfn-tags/sam-api_with_swagger_authorizer_none.yaml',
  'dup-key/strongloop-cors-options.yaml',
]);

const files = hasCorpus
  ? (readdirSync(new URL('broken', corpus), { recursive: true }) as string[])
      .filter((name) => /\.(ya?ml|json)$/.test(name))
      .sort()
  : [];

const errorsOf = ({ diagnostics }: Loaded): readonly string[] =>
  diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code)
    .sort();

function expectLocated({ diagnostics, documents }: Loaded): void {
  for (const { at, code, message, consequence, fix } of diagnostics) {
    expect(at && documents.locate(at), code).toBeDefined();
    for (const text of [message, consequence, fix]) expect(text).toMatch(/^\S[^\n]*[.?]$/);
  }
}

/** The plain overlay; where the document cannot even be read, that of a document without schemes. */
function overlayFor(file: string): string {
  const ports = { front: 8080, verifier: 8090, backend: 8081 };
  const write = (read: () => ReturnType<typeof vendorDocument>): string => {
    const document = read();
    return writePlainOverlay(folder, document.swagger, decided(document, []), ports);
  };
  try {
    return write(() => vendorDocument(file));
  } catch {
    return write(() => ({ swagger: false, schemes: new Map(), operations: [] }));
  }
}

describe.skipIf(!hasCorpus)('broken documents (skipped without the shared corpus)', () => {
  test('all 48 are there and the table names no others', () => {
    expect(files).toHaveLength(48);
    for (const file of Object.keys(expected)) expect(files).toContain(file);
  });

  test.each(files)('%s as it is gives located findings and no gateway', async (file) => {
    const path = fileURLToPath(new URL(`broken/${file}`, corpus));
    const loaded = await loadGateway([path], { format: 'pretty' });
    expect(loaded.gateway).toBeUndefined();
    expect(loaded.unreadable).toBe(unreadable.has(file));
    expect(loaded.diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
    for (const code of expected[file] ?? []) expect(errorsOf(loaded)).toContain(code);
    expectLocated(loaded);
  });

  test.each(files)('%s with everything else given', async (file) => {
    const path = fileURLToPath(new URL(`broken/${file}`, corpus));
    const overlay = overlayFor(`broken/${file}`);
    const server = 'https://api.example.com';
    const loaded = await loadGateway([path], { format: 'pretty', overlay: [overlay], root: '/', server });
    const text = printPretty(loaded.diagnostics, loaded.documents.locate, false);
    expect(errorsOf(loaded), text).toEqual(expected[file] ?? []);
    if (loaded.gateway === undefined) return;
    const { artifacts, diagnostics } = emit(loaded.gateway, nginx);
    expect(hasErrors(diagnostics), printPretty(diagnostics, loaded.documents.locate, false)).toBe(false);
    expect(artifacts.map((artifact) => artifact.path)).toContain('nginx.conf');
  });
});
