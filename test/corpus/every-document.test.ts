import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { loadGateway } from '../../src/commands/load.ts';
import { printPretty } from '../../src/diagnostics/print-pretty.ts';
import { writePlainOverlay } from './plain-overlay.ts';
import { corpus, hasCorpus } from './real-documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'gwc-corpus-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Files of the corpus with the number of their operations, as the manifest lists them. */
function manifest(): { readonly file: string; readonly operations: number }[] {
  const rows = readFileSync(new URL('MANIFEST.md', corpus), 'utf8').split('\n');
  return rows.flatMap((row) => {
    const cells = row.split('|').map((cell) => cell.trim());
    const [, file = '', , , , , operations = ''] = cells;
    if (!/^[\w./-]+\.(ya?ml|json)$/.test(file) || cells.length < 10) return [];
    return [{ file, operations: Number.parseInt(operations, 10) }];
  });
}

/** Servers that name no host: these documents build with `--server`. */
const withoutHost: ReadonlySet<string> = new Set([
  'kubernetes/swagger-1.13.json',
  'docker-engine/swagger.yaml',
  'digitalocean/specification/DigitalOcean-public.v2.yaml',
  'oai-examples/non-oauth-scopes.yaml',
  'readme/server-path-level.yaml',
  'readme/server-variables.json',
  'kong/learnservice_oas.yaml',
  'aws/sam-swagger1.json',
  'aws/proxy-plus-pulumi.json',
  'kusk/petshop-openapi-short-with-kusk.yaml',
  'box/openapi.json',
  'apisguru/azure.com_batch-BatchService.json',
  'apisguru/amazonaws.com_apigateway.json',
  'wso2/aws_lambda_openAPI.yaml',
  'typespec/library.swagger.json',
]);

/**
 * Why the others do not become a model although every scheme has an authenticator and what is public without a word
 * has a reason. Each was looked up in the document.
 */
const refused: Readonly<Record<string, readonly string[]>> = {
  // One operation's server is "https://", and that operation, PUT "/<upload_url>", is public without a reason.
  'digitalocean/specification/DigitalOcean-public.v2.yaml': ['SEC002', 'SRV002'],
  // HTTP Basic cannot be verified with a key set.
  'museum/openapi.yaml': ['AUT002'],
  'twilio/twilio_api_v2010.json': ['AUT002'],
  'kong/learnservice_oas.yaml': ['AUT002'],
  'readme/security-multiple.json': ['AUT002'],
  // HTTP Basic and mutual TLS.
  'readme/security-3.1.yaml': ['AUT002', 'AUT002'],
  // POST "/oauth2/register" is public and changes data.
  'redocly-cafe/cafe.yaml': ['SEC002'],
  'redocly-cafe-split/cafe.yaml': ['SEC002'],
  // POST "/oauth2/token", its "#refresh" and "/oauth2/revoke" are public and change data.
  'box/openapi.json': ['SEC002', 'SEC002', 'SEC002'],
  // 22 operations let anonymous callers pass ("{}") and do not say why.
  'discord/openapi.json': Array.from({ length: 22 }, () => 'SEC004'),
  // "schemes": ["http"] on hosts that are not loopback.
  'oai-petstore-separate/spec/swagger.json': ['SRV003'],
  'google/endpoints-getting-started.yaml': ['SRV003'],
  // Webhooks only: nothing to serve.
  'oai-examples/webhook-example.json': ['RTE008'],
  // Two operations are called "opsid".
  'kong/12-path-parameter-regex.yaml': ['OAS040'],
  // {param} is declared nowhere.
  'kong/08-route-defaults-overrides.yaml': ['OAS030'],
  // gRPC patterns such as {name=shelves/*/books/*} span slashes.
  'typespec/library.swagger.json': Array.from({ length: 6 }, () => 'OAS022'),
  // Literal text with semicolons and encoded slashes, which no canonical request target has.
  'autorest/url.json': ['RTE001', 'RTE001', 'RTE001', 'RTE001'],
};

describe.skipIf(!hasCorpus)('real documents become gateways (skipped without the shared corpus)', () => {
  const documents = hasCorpus ? manifest() : [];

  test('the tables name documents of the corpus only', () => {
    expect(documents).toHaveLength(36);
    const files = new Set(documents.map(({ file }) => file));
    for (const file of [...withoutHost, ...Object.keys(refused)]) expect(files).toContain(file);
  });

  test.each(documents)('$file', async ({ file, operations }) => {
    const spec = fileURLToPath(new URL(file, corpus));
    const overlay = writePlainOverlay(folder, readFileSync(spec, 'utf8'));
    const { gateway, diagnostics, documents } = await loadGateway([spec], {
      format: 'pretty',
      overlay: [overlay],
      root: '/',
      ...(withoutHost.has(file) ? { server: 'https://api.example.com' } : {}),
    });
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const text = printPretty(errors, documents.locate, false);
    expect(errors.map(({ code }) => code).sort(), text).toEqual(refused[file] ?? []);
    for (const { at } of diagnostics) expect(at && documents.locate(at)).toBeDefined();
    if (gateway === undefined) return;
    const places = gateway.sites.flatMap(({ routes }) =>
      routes.flatMap(({ template, operations }) =>
        operations.map(({ at }) => `${template} ${at.file}#${at.pointer}`),
      ),
    );
    const servedAsOne = diagnostics.filter(({ code }) => code === 'RTE005').length;
    // The manifest's count leaves out the operation behind one path item's reference.
    const declared = file === 'readme/server-path-level.yaml' ? operations + 1 : operations;
    expect(new Set(places).size + servedAsOne).toBe(declared);
  });
});
