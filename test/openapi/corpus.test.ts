import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadDocuments } from '../../src/source/index.ts';
import { corpus, errors, hasCorpus, read, warnings } from './read-text.ts';

/** Documents as the manifest lists them: file, version, paths, operations. */
function manifest(): { file: string; version: string; paths: number; operations: number }[] {
  const rows = readFileSync(`${corpus}MANIFEST.md`, 'utf8').split('\n');
  return rows.flatMap((row) => {
    const cells = row.split('|').map((cell) => cell.trim());
    if (!/^[\w./-]+\.(ya?ml|json)$/.test(cells[1] ?? '') || cells.length < 10) return [];
    const [, file = '', version = '', , , paths, operations] = cells;
    return [
      {
        file,
        version: version.slice(0, 3),
        paths: Number(paths),
        operations: Number.parseInt(operations ?? '', 10),
      },
    ];
  });
}

/** Mistakes that really are in these documents; each was looked up in the specification. */
const mistakes: Readonly<Record<string, readonly string[]>> = {
  // Two operations are called "opsid".
  'kong/12-path-parameter-regex.yaml': ['OAS040'],
  // {param} is declared nowhere.
  'kong/08-route-defaults-overrides.yaml': ['OAS030'],
  // gRPC patterns such as {name=shelves/*/books/*} are no OpenAPI path parameters.
  'typespec/library.swagger.json': ['OAS022', 'OAS022', 'OAS022', 'OAS022', 'OAS022', 'OAS022'],
};

describe.skipIf(!hasCorpus)('real documents load (skipped without the shared corpus)', () => {
  test.each(hasCorpus ? manifest() : [])('$file', async ({ file, version, paths, operations }) => {
    const folder = file.split('/')[0] ?? '';
    const { api, diagnostics } = await read(loadDocuments([corpus + file], { root: corpus + folder }));
    expect(errors(diagnostics)).toEqual(mistakes[file] ?? []);
    expect(api?.openapi).toBe(version);
    expect(api?.paths).toHaveLength(paths);
    const found = api?.paths.reduce((sum, path) => sum + path.operations.length, 0);
    // The manifest's count leaves out the operation behind one path item's reference.
    expect(found).toBe(file === 'readme/server-path-level.yaml' ? operations + 1 : operations);
  });

  test('every file of the manifest is there', () => {
    expect(manifest()).toHaveLength(36);
  });
});

/** Errors and warnings of the broken documents: what is wrong where a gateway does not look is a warning. */
const broken: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  'apidevtools-invalid/newer-version.yaml': [['OAS002'], []],
  'apidevtools-invalid/no-paths-or-webhooks.yaml': [['OAS014'], ['OAS013']],
  'apidevtools-invalid/not-swagger.yaml': [['OAS001'], []],
  'apidevtools-invalid/numeric-info-version.yaml': [[], ['OAS012']],
  'apidevtools-invalid/numeric-version.yaml': [['OAS002'], []],
  'apidevtools-invalid/old-version.yaml': [['OAS002'], []],
  'apidevtools-validate-schema-invalid/anyof.yaml': [[], ['OAS010']],
  'apidevtools-validate-schema-invalid/file-body-param.yaml': [[], ['OAS013']],
  'apidevtools-validate-schema-invalid/file-header-param.yaml': [[], ['OAS013']],
  'apidevtools-validate-schema-invalid/invalid-param-location.yaml': [['OAS013'], []],
  'apidevtools-validate-schema-invalid/invalid-param-type.yaml': [[], ['OAS013']],
  'apidevtools-validate-schema-invalid/invalid-response-code.yaml': [[], ['OAS010']],
  'apidevtools-validate-schema-invalid/invalid-response-header-type.yaml': [[], ['OAS013']],
  'apidevtools-validate-schema-invalid/invalid-response-type.yaml': [[], ['OAS013']],
  'apidevtools-validate-schema-invalid/invalid-schema-type.yaml': [[], ['OAS013']],
  'apidevtools-validate-schema-invalid/multi-header-param.yaml': [[], ['OAS013']],
  'apidevtools-validate-schema-invalid/multi-path-param.yaml': [[], ['OAS013']],
  'apidevtools-validate-schema-invalid/non-primitive-param-type.yaml': [[], ['OAS013']],
  'apidevtools-validate-schema-invalid/non-primitive-response-header-type.yaml': [[], ['OAS013']],
  'apidevtools-validate-schema-invalid/non-required-path-param.yaml': [['OAS011'], []],
  'apidevtools-validate-schema-invalid/oneof.yaml': [[], ['OAS010']],
  'apidevtools-validate-schema-invalid/optional-path-param.yaml': [['OAS013'], []],
  'apidevtools-validate-schema-invalid/ref-to-invalid-path.yaml': [['OAS073'], []],
  'apidevtools-validate-spec-invalid/array-body-no-items.yaml': [[], ['OAS011']],
  'apidevtools-validate-spec-invalid/array-no-items.yaml': [[], ['OAS011']],
  'apidevtools-validate-spec-invalid/array-response-body-no-items.yaml': [[], ['OAS011']],
  'apidevtools-validate-spec-invalid/array-response-header-no-items.yaml': [[], ['OAS011']],
  'apidevtools-validate-spec-invalid/body-and-form-params.yaml': [[], ['OAS014']],
  'apidevtools-validate-spec-invalid/duplicate-operation-ids.yaml': [['OAS040'], []],
  'apidevtools-validate-spec-invalid/duplicate-operation-params.yaml': [['OAS032'], []],
  'apidevtools-validate-spec-invalid/duplicate-path-params.yaml': [[], ['OAS032']],
  'apidevtools-validate-spec-invalid/duplicate-path-placeholders.yaml': [['OAS023'], []],
  'apidevtools-validate-spec-invalid/file-invalid-consumes.yaml': [[], ['OAS014']],
  'apidevtools-validate-spec-invalid/file-no-consumes.yaml': [[], ['OAS014']],
  'apidevtools-validate-spec-invalid/invalid-response-code.yaml': [[], ['OAS010']],
  'apidevtools-validate-spec-invalid/multiple-body-params.yaml': [[], ['OAS014']],
  'apidevtools-validate-spec-invalid/multiple-operation-body-params.yaml': [[], ['OAS014']],
  'apidevtools-validate-spec-invalid/multiple-path-body-params.yaml': [[], ['OAS014']],
  'apidevtools-validate-spec-invalid/no-path-params.yaml': [['OAS030', 'OAS030'], []],
  'apidevtools-validate-spec-invalid/path-param-no-placeholder.yaml': [['OAS031'], []],
  'apidevtools-validate-spec-invalid/path-placeholder-no-param.yaml': [['OAS030'], []],
  // JSON Schema allows a required property that "properties" does not describe.
  'apidevtools-validate-spec-invalid/required-property-not-defined-definitions.yaml': [[], []],
  'apidevtools-validate-spec-invalid/required-property-not-defined-input.yaml': [[], []],
  'bom/azure-resource.json': [[], []],
  'cfn-tags/sam-api_with_swagger_authorizer_none.yaml': [['SRC005'], []],
  'dangling/seriousme-invalid-refs.yaml': [[], ['SRC021', 'SRC021']],
  'dup-key/strongloop-cors-options.yaml': [['SRC004'], []],
  'schema/redocly-petstore-with-errors.yaml': [
    ['OAS013', 'OAS013', 'OAS031'],
    ['OAS010', 'OAS011', 'OAS012', 'OAS013', 'OAS014'],
  ],
};

describe.skipIf(!hasCorpus)('broken documents are located (skipped without the shared corpus)', () => {
  const files = hasCorpus
    ? (readdirSync(`${corpus}broken`, { recursive: true }) as string[]).filter((name) =>
        /\.(ya?ml|json)$/.test(name),
      )
    : [];

  test('all of them have a verdict', () => {
    expect(files.sort()).toEqual(Object.keys(broken));
    expect(files).toHaveLength(48);
  });

  test.each(files)('%s', async (file) => {
    const { diagnostics, documents } = await read(loadDocuments([`${corpus}broken/${file}`]));
    expect([errors(diagnostics).sort(), warnings(diagnostics).sort()]).toEqual(broken[file]);
    for (const { at } of diagnostics) expect(at && documents.locate(at)).toBeDefined();
  });
});
