import { describe, expect, test } from 'vitest';
import { readText } from './read-text.ts';

const responses = { 200: { description: 'ok' } };
const base = (version: string) => ({
  [version === '2.0' ? 'swagger' : 'openapi']: version,
  info: { title: 'T', version: '1' },
});
const withOperation = (version: string, operation: object, path = '/a') => ({
  ...base(version),
  paths: { [path]: { get: { responses, ...operation } } },
});
const withSchema = (version: string, schema: unknown) => ({
  ...base(version),
  paths: { '/a': { get: { responses } } },
  ...(version === '2.0' ? { definitions: { A: schema } } : { components: { schemas: { A: schema } } }),
});
const withScheme = (version: string, scheme: unknown) => ({
  ...base(version),
  paths: { '/a': { get: { responses } } },
  ...(version === '2.0'
    ? { securityDefinitions: { s: scheme } }
    : { components: { securitySchemes: { s: scheme } } }),
});

async function findings(document: unknown) {
  const { diagnostics } = await readText(document);
  return diagnostics.map(({ severity, message }) => `${severity}: ${message}`);
}

const THREE = ['3.0.3', '3.1.0', '3.2.0'];
const ALL = ['2.0', ...THREE];

describe.each(ALL)('%s: one mistake is one finding', (version) => {
  const schema = version === '2.0' ? { type: 'string' } : { schema: { type: 'string' } };

  test.each<[string, object, string]>([
    [
      'a path parameter without "required"',
      { name: 'x', in: 'path', ...schema },
      'error: A parameter in the path lacks the field "required".',
    ],
    [
      'an optional path parameter',
      { name: 'x', in: 'path', required: false, ...schema },
      'error: "required" is false where true is expected.',
    ],
  ])('%s', async (_name, parameter, message) => {
    expect(await findings(withOperation(version, { parameters: [parameter] }, '/a/{x}'))).toEqual([message]);
  });

  test('a misspelt field of an operation', async () => {
    expect(await findings(withOperation(version, { secruity: [] }))).toEqual([
      'error: "secruity" is not a field of an operation. Did you mean "security"?',
    ]);
  });

  test('a field that no gateway would read is a warning', async () => {
    expect(await findings(withOperation(version, { sumary: 'x' }))).toEqual([
      'warning: "sumary" is not a field of an operation. Did you mean "summary"?',
    ]);
  });

  test('a method that does not exist is an error: its operation would be lost', async () => {
    expect(await findings({ ...base(version), paths: { '/a': { fetch: { responses } } } })).toEqual([
      'error: "fetch" is not a field of a path item. Did you mean "patch"?',
    ]);
  });

  test('a parameter in an unknown place may have been meant for the path', async () => {
    const [found] = await findings(
      withOperation(version, { parameters: [{ name: 'x', in: 'pth', ...schema }] }),
    );
    expect(found).toMatch(/^error: "in" is "pth" where one of .* is expected\. Did you mean "path"\?$/);
  });

  test.each<[string, unknown]>([
    ['a text', 'secret'],
    ['a list', []],
    ['null', null],
  ])('a security requirement that is %s', async (_name, requirement) => {
    const found = await findings(withOperation(version, { security: [requirement] }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^error: Item 0 of "security" is .* where an object is expected\.$/);
  });

  test('a security scheme of an unknown type', async () => {
    const [found, ...others] = await findings(
      withScheme(version, { type: 'apikey', in: 'header', name: 'X' }),
    );
    expect(found).toMatch(
      /^error: "type" is "apikey" where one of .* is expected\. Did you mean "apiKey"\?$/,
    );
    expect(others).toEqual([]);
  });

  test('a security scheme without what its type needs', async () => {
    expect(await findings(withScheme(version, { type: 'apiKey', in: 'header' }))).toHaveLength(1);
    expect(
      await findings(withScheme(version, { type: 'apiKey', in: 'header', name: 'X', scheme: 'bearer' })),
    ).toHaveLength(1);
  });

  test('a schema of an unknown type, at any depth, is a warning', async () => {
    const nested = { type: 'object', properties: { a: { items: { type: 'strin' }, type: 'array' } } };
    const found = await findings(withSchema(version, nested));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(
      /^warning: "type" is "strin" where one of .* is expected\. Did you mean "string"\?$/,
    );
  });

  test('"required: true" in a schema is a warning', async () => {
    expect(await findings(withSchema(version, { required: true }))).toEqual([
      'warning: "required" is true where a list is expected.',
    ]);
  });

  test('missing documentation is a warning', async () => {
    const { info: _info, ...document } = withOperation(version, {});
    expect(await findings(document)).toEqual(['warning: The document lacks the field "info".']);
    expect(await findings({ ...withOperation(version, {}), info: { title: 'T' } })).toEqual([
      'warning: The info object lacks the field "version".',
    ]);
  });

  test('everything is found at once', async () => {
    const document = { ...withOperation(version, { secruity: [], parameters: 'no' }), info: {} };
    expect(await findings(document)).toHaveLength(4);
  });
});

describe.each(THREE)('%s: what the official schemas get wrong', (version) => {
  test('a server variable may have a description', async () => {
    const servers = [{ url: 'https://{a}', variables: { a: { default: 'b', description: 'c' } } }];
    expect(await findings({ ...withOperation(version, {}), servers })).toEqual([]);
  });

  test('components under a name that is not allowed are still checked', async () => {
    const document = withScheme(version, {});
    Object.assign(document, { components: { securitySchemes: { 'my scheme': { type: 'http' } } } });
    const found = (await findings(document)).sort();
    expect(found).toEqual([
      expect.stringMatching(/^error: An? .*scheme lacks the field "scheme"\.$/),
      'warning: The name "my scheme" is not allowed in "securitySchemes".',
    ]);
  });

  test('a path parameter with content is required too', async () => {
    const parameter = { name: 'x', in: 'path', content: { 'application/json': {} } };
    expect(await findings(withOperation(version, { parameters: [parameter] }, '/a/{x}'))).toEqual([
      'error: A parameter in the path lacks the field "required".',
    ]);
  });

  test('a bearer scheme is written in any case', async () => {
    expect(
      await findings(withScheme(version, { type: 'http', scheme: 'Bearer', bearerFormat: 'JWT' })),
    ).toEqual([]);
  });

  test('a parameter has a schema or content', async () => {
    expect(await findings(withOperation(version, { parameters: [{ name: 'q', in: 'query' }] }))).toEqual([
      'warning: Item 0 of "parameters" must have one of "schema" and "content", and not both.',
    ]);
  });
});

test.each(['3.1.0', '3.2.0'])('%s: the Schema Object is JSON Schema 2020-12', async (version) => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: ['string', 'null'],
    $defs: { a: true },
    if: { const: 1 },
    prefixItems: [{ type: 'integer' }],
    exclusiveMinimum: 3,
    unevaluatedProperties: false,
    'my-keyword': { anything: true },
    example: { type: 'not a schema' },
  };
  expect(await findings(withSchema(version, schema))).toEqual([]);
  expect(await findings(withSchema(version, { exclusiveMinimum: true }))).toEqual([
    'warning: "exclusiveMinimum" is true where a number is expected.',
  ]);
});

test('a document that is wrong throughout ends after a thousand findings', async () => {
  const tags = Array.from({ length: 200_000 }, () => 1);
  const { diagnostics } = await readText(withOperation('3.0.3', { tags }));
  expect(diagnostics).toHaveLength(1001);
  expect(diagnostics.at(-1)).toMatchObject({ code: 'OAS015', severity: 'error' });
});
