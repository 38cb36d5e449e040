import { describe, expect, test } from 'vitest';
import { readFiles, readText } from './read-text.ts';

const responses = { 200: { description: 'ok' } };
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

/** A 3.0 document with one GET under each template, its path parameters declared. */
function withPaths(templates: readonly string[], parameters: readonly string[] = []) {
  const operation = { parameters: parameters.map(inPath), responses };
  return {
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: Object.fromEntries(templates.map((template) => [template, { get: operation }])),
  };
}

describe('a path that cannot be served is refused at its key', () => {
  test.each<[string, string, string[]]>([
    ['pets', 'The path "pets" does not begin with "/".', []],
    ['/{provider}}/chat', 'The path "/{provider}}/chat" closes a brace that it did not open.', []],
    ['/a/{b', 'The path "/a/{b" opens a brace that it does not close.', []],
    ['/a/{b{c}}', 'The path "/a/{b{c}}" opens a brace that it does not close.', []],
    ['/a/{}', 'The path "/a/{}" has a parameter without a name.', []],
    ['/a/{b}/{b}', 'The path "/a/{b}/{b}" uses the parameter "b" more than once.', ['b']],
    ['/a/{b/c}', 'The path "/a/{b/c}" has the parameter "{b/c}", which spans a slash.', []],
    ['/straße', 'The path "/straße" has characters that no request target can hold.', []],
    ['/a b', 'The path "/a b" has characters that no request target can hold.', []],
    ['/a//b', 'The path "/a//b" has an empty segment ("//").', []],
    ['/a/../b', 'The path "/a/../b" has the dot segment "..".', []],
    ['/.', 'The path "/." has the dot segment ".".', []],
  ])('%s', async (template, message, parameters) => {
    const { diagnostics } = await readText(withPaths([template], parameters));
    expect(diagnostics.map((one) => [one.severity, one.message])).toEqual([['error', message]]);
    expect(diagnostics[0]?.at).toMatchObject({ side: 'key' });
  });

  test('the fix for a character is its percent-encoding', async () => {
    const { diagnostics } = await readText(withPaths(['/straße und/{weg}'], ['weg']));
    expect(diagnostics.map(({ fix }) => fix)).toEqual(['Write "/stra%C3%9Fe%20und/{weg}".']);
  });

  test.each<[string, string[]]>([
    ['/', []],
    ['/a/', []],
    ['/a/{b}.json', ['b']],
    ['/{base}...{head}', ['base', 'head']],
    ["/f(id='{id}')", ['id']],
    ['/a?b=/../c', []],
    ['/a#x//y', []],
    ['/{ white space }', [' white space ']],
    ['/a/{name}:verb', ['name']],
    ['/*', []],
  ])('%s is kept as it is written', async (template, parameters) => {
    const { api, diagnostics } = await readText(withPaths([template], parameters));
    expect(diagnostics).toEqual([]);
    expect(api?.paths.map((path) => path.template)).toEqual([template]);
  });
});

describe('path parameters', () => {
  const document = (shared: unknown[], get: unknown[], post?: unknown[]) => ({
    ...withPaths([]),
    paths: {
      '/users/{userId}': {
        parameters: shared,
        get: { parameters: get, responses },
        ...(post === undefined ? {} : { post: { parameters: post, responses } }),
      },
    },
  });
  const messages = async (document: unknown) =>
    (await readText(document)).diagnostics.map(({ message }) => message);

  test('declared on the path item or on each operation', async () => {
    expect(await messages(document([inPath('userId')], []))).toEqual([]);
    expect(await messages(document([], [inPath('userId')], [inPath('userId')]))).toEqual([]);
  });

  test('declared nowhere is one mistake of the path', async () => {
    expect(await messages(document([], [], []))).toEqual([
      '"{userId}" in "/users/{userId}" is not declared as a parameter.',
    ]);
  });

  test('missing on one operation is a mistake of that operation', async () => {
    expect(await messages(document([], [inPath('userId')], []))).toEqual([
      '"{userId}" in "/users/{userId}" is not declared as a parameter of POST.',
    ]);
  });

  test('declared under another spelling is one mistake, with both places', async () => {
    const { diagnostics } = await readText(document([inPath('userID')], []));
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '"{userId}" in "/users/{userId}" is not declared as a parameter. Did you mean "userID"?',
    ]);
    expect(diagnostics[0]?.related[0]?.at).toMatchObject({
      pointer: '/paths/~1users~1{userId}/parameters/0',
    });
  });

  test('declared and not in the path', async () => {
    expect(await messages(document([inPath('userId'), inPath('somethingElse')], []))).toEqual([
      'The path parameter "somethingElse" does not occur in "/users/{userId}".',
    ]);
  });

  test('the operation overrides the path item', async () => {
    const { api } = await readText(document([inPath('userId')], [inPath('userId')]));
    expect(api?.paths[0]?.operations[0]?.pathParameters).toEqual([
      { value: 'userId', at: { file: 'openapi.yaml', pointer: '/paths/~1users~1{userId}/get/parameters/0' } },
    ]);
  });

  test.each(['proxy', 'proxy+'])('{proxy+} may be declared as %s', async (name) => {
    const { diagnostics } = await readText({
      swagger: '2.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/{proxy+}': {
          get: { parameters: [{ name, in: 'path', required: true, type: 'string' }], responses },
        },
      },
    });
    expect(diagnostics).toEqual([]);
  });
});

describe('security', () => {
  const document = (security: unknown, version = '3.0.3') => ({
    openapi: version,
    info: { title: 'T', version: '1' },
    paths: { '/a': { get: { security, responses } } },
    components: {
      securitySchemes: {
        login: {
          type: 'oauth2',
          flows: {
            implicit: { authorizationUrl: 'https://id.example/a', scopes: { 'pets:read': 'r' } },
            clientCredentials: { tokenUrl: 'https://id.example/t', scopes: { 'pets:write': 'w' } },
          },
        },
        open: { type: 'openIdConnect', openIdConnectUrl: 'https://id.example' },
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        free: {
          type: 'oauth2',
          flows: { implicit: { authorizationUrl: 'https://id.example/a', scopes: {} } },
        },
      },
    },
  });
  const messages = async (document: unknown) =>
    (await readText(document)).diagnostics.map(({ message }) => message);

  test.each([
    [[{ login: ['pets:read', 'pets:write'] }]],
    [[{ open: ['anything'] }]],
    [[{ key: [] }, {}]],
    [[{ key: ['role'] }]],
    [[{ free: ['anything'] }]],
    [[]],
  ])('%j is fine', async (security) => {
    expect(await messages(document(security))).toEqual([]);
  });

  test('a scheme that is not declared', async () => {
    expect(await messages(document([{ logni: [] }]))).toEqual([
      'The security scheme "logni" is not declared. Did you mean "login"?',
    ]);
  });

  test('a scope that is not declared', async () => {
    expect(await messages(document([{ login: ['pets:raed'] }]))).toEqual([
      'The scope "pets:raed" is not declared by any flow of the security scheme "login". Did you mean "pets:read"?',
    ]);
  });

  test('absent, empty and optional are three different things', async () => {
    const read = async (security: unknown) =>
      (await readText(document(security))).api?.paths[0]?.operations[0]?.security?.value;
    expect(await read(undefined)).toBeUndefined();
    expect(await read([])).toEqual([]);
    expect(await read([{}])).toMatchObject([{ schemes: [] }]);
  });

  test('schemes are read alike in every version', async () => {
    const three = (await readText(document([]))).api?.schemes;
    expect(three?.get('login')).toMatchObject({
      type: 'oauth2',
      authorizationUrl: { value: 'https://id.example/a' },
      scopes: new Set(['pets:read', 'pets:write']),
    });
    expect(three?.get('free')?.scopes).toBeUndefined();
    const { api } = await readText({
      swagger: '2.0',
      info: { title: 'T', version: '1' },
      paths: {},
      securityDefinitions: {
        basic: { type: 'basic' },
        key: { type: 'apiKey', in: 'query', name: 'k' },
        user: {
          type: 'oauth2',
          flow: 'implicit',
          authorizationUrl: 'https://id.example/a',
          scopes: { s: 'S' },
        },
      },
    });
    expect(api?.schemes.get('basic')).toMatchObject({ type: 'http', scheme: 'basic' });
    expect(api?.schemes.get('key')).toMatchObject({ place: { in: 'query', name: 'k' } });
    expect(api?.schemes.get('user')).toMatchObject({ type: 'oauth2', scopes: new Set(['s']) });
  });
});

test('an operationId that is used twice names both places', async () => {
  const { diagnostics, places } = await readFiles({
    'openapi.yaml': `openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    get: {operationId: list, responses: {'200': {description: ok}}}
  /b:
    get: {operationId: list, responses: {'200': {description: ok}}}
`,
  });
  expect(diagnostics.map(({ message }) => message)).toEqual([
    'The operationId "list" is already used by GET /a.',
  ]);
  expect(places).toEqual(['error OAS040 7:24']);
  expect(diagnostics[0]?.related[0]?.at).toMatchObject({ pointer: '/paths/~1a/get/operationId' });
});
