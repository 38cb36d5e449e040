import { describe, expect, test } from 'vitest';
import { facetsOf, rootOf } from './read-block.ts';

const base = { issuer: 'https://id.example.com/', audiences: ['a'], jwks: { file: 'a.json' } };
const user = (fields: object) => rootOf({ authenticators: { user: { ...base, ...fields } } });
const place = '/authenticators/user';

describe('authenticators', () => {
  test.each([
    'https://id.example.com',
    'http://127.0.0.1:8083/',
    'http://localhost/x',
    'http://[::1]:1',
    'http://a.localhost',
  ])('the issuer %s is kept as written', (issuer) => {
    const { block, diagnostics } = user({ issuer });
    expect(diagnostics).toEqual([]);
    expect(block?.authenticators?.value.get('user')?.value.issuer?.value.text).toBe(issuer);
  });

  test.each([
    'http://id.example.com/',
    'http://10.0.0.1/',
    'https://id.example.com/?x=1',
    'https://u@id.example.com/',
  ])('%s is no issuer', (issuer) => expect(user({ issuer }).places).toEqual([`XGW004 ${place}/issuer`]));

  test.each([
    ['roles', ['roles']],
    ['realm_access.roles', ['realm_access', 'roles']],
    ['["https://example.com/roles"]', ['https://example.com/roles']],
    ["resource['my-app'].roles", ['resource', 'my-app', 'roles']],
    ['["claims"]', ['claims']],
  ])('the claim %s', (written, path) => {
    const { block } = user({ roleClaim: written });
    expect(block?.authenticators?.value.get('user')?.value.roleClaim?.value).toEqual(path);
  });

  test.each([
    'claims.roles',
    'a..b',
    '.a',
    'a.',
    '["a]',
    '[a]',
    '["a"b]',
    '',
    '__proto__',
    'a.["b"]',
    '["a\\"b"]',
    'a b',
  ])('%j is no claim', (written) =>
    expect(user({ roleClaim: written }).places).toEqual([`XGW004 ${place}/roleClaim`]),
  );

  test.each(['claims.sub', 'claims["https://example.com/roles"]'])('%s can be forwarded', (claim) =>
    expect(user({ forward: { 'X-User-Id': claim } }).diagnostics).toEqual([]),
  );

  test.each(['sub', 'claims', 'claims.', "'literal'", 'path.id'])('%j cannot be forwarded', (claim) =>
    expect(user({ forward: { 'X-User-Id': claim } }).places).toEqual([`XGW004 ${place}/forward/X-User-Id`]),
  );

  test.each(
    `Host Content-Length Transfer-Encoding Connection TE Upgrade Authorization Cookie X-Forwarded-For X-Request-Id Content-Type
    Accept Origin X-Real-IP X-SSL-Client-Cert Gwc-Input-0 X-Api-Key X_User X.User`.split(/\s+/),
  )('%s cannot carry a claim', (header) =>
    expect(user({ forward: { [header]: 'claims.sub' } }).places).toEqual([
      `XGW005 ${place}/forward/${header} (key)`,
    ]),
  );

  test('one header cannot carry two claims', () => {
    expect(user({ forward: { 'X-User': 'claims.sub', 'x-user': 'claims.name' } }).places).toEqual([
      `XGW008 ${place}/forward/x-user (key)`,
    ]);
  });

  test.each([
    [[{ header: 'Host' }], 'XGW004 /authenticators/user/from/0/header'],
    [[{ header: 'Cookie' }], 'XGW004 /authenticators/user/from/0/header'],
    [[{ cookie: 'a b' }], 'XGW004 /authenticators/user/from/0/cookie'],
    [[{ cookie: 'a', header: 'X-A' }], 'XGW007 /authenticators/user/from/0'],
    [[{}], 'XGW006 /authenticators/user/from/0'],
    [[], 'XGW004 /authenticators/user/from'],
    [[{ header: 'X-Token' }, { header: 'x-token' }], 'XGW008 /authenticators/user/from/1'],
  ])('%j is no place of a credential', (from, expected) => expect(user({ from }).places).toEqual([expected]));

  test.each([
    [{ algorithms: ['none'] }, `XGW004 ${place}/algorithms/0`],
    [{ algorithms: ['HS256'] }, `XGW011 ${place}/algorithms/0`],
    [{ algorithms: ['RS256', 'RS256'] }, `XGW008 ${place}/algorithms/1`],
    [{ jwks: 'http://id.example.com/keys' }, `XGW004 ${place}/jwks`],
    [{ jwks: {} }, `XGW006 ${place}/jwks`],
    [{ jwks: { file: 'a.json', secret: 'a' } }, `XGW007 ${place}/jwks`],
    [{ jwks: { file: '../keys.json' } }, `XGW004 ${place}/jwks/file`],
    [{ jwks: { file: '/etc/keys.json' } }, `XGW004 ${place}/jwks/file`],
    [{ login: { url: 'http://login.example.com' } }, `XGW004 ${place}/login/url`],
    [
      { login: { url: 'https://l.example/?a=1&rt=x', returnParam: 'rt' } },
      `XGW011 ${place}/login/returnParam`,
    ],
    [{ login: { returnParam: true } }, `XGW004 ${place}/login/returnParam`],
    [{ sigv4: {} }, `XGW002 ${place}/sigv4 (key)`],
  ])('%j is refused', (fields, expected) => expect(user(fields).places).toEqual([expected]));

  test('what a token cannot be verified without is required', () => {
    expect(rootOf({ authenticators: { user: {} } }).places).toEqual(['XGW006 /authenticators/user']);
  });
});

describe('changes of headers', () => {
  const change = (side: string, fields: object) => facetsOf({ [side]: fields });

  test.each([
    'Host',
    'content-length',
    'Connection',
    'Transfer-Encoding',
    'Upgrade',
    'Keep-Alive',
    'TE',
    'Trailer',
  ])('%s is refused on both sides', (header) => {
    for (const side of ['request', 'response']) {
      expect(change(side, { setHeaders: { [header]: 'x' } }).places).toEqual([
        `XGW005 /${side}/setHeaders/${header} (key)`,
      ]);
      expect(change(side, { removeHeaders: [header] }).places).toEqual([`XGW004 /${side}/removeHeaders/0`]);
    }
  });

  test.each([
    'Authorization',
    'Cookie',
    'X-Forwarded-For',
    'X-Request-Id',
    'X-HTTP-Method-Override',
    'Proxy',
  ])('a request cannot be given %s', (header) =>
    expect(change('request', { addHeaders: { [header]: 'x' } }).diagnostics).toHaveLength(1),
  );

  test('a request can lose its Authorization', () => {
    expect(change('request', { removeHeaders: ['Authorization'] }).diagnostics).toEqual([]);
  });

  test.each([
    '',
    ' x',
    'x ',
    'a\tb',
    'a\r\nb',
    'é',
    'x'.repeat(4001),
    '$' + '{request_uri}',
    '$' + '{env.name}',
  ])('%j is no value', (value) =>
    expect(change('response', { setHeaders: { 'X-A': value } }).diagnostics).toHaveLength(1),
  );

  test.each(["default-src 'self'; img-src *", 'x'.repeat(4000), '$host', '"quoted" \\ #'])(
    '%j is a value',
    (value) => expect(change('response', { setHeaders: { 'X-A': value } }).diagnostics).toEqual([]),
  );
});

describe('settings of NGINX', () => {
  const nginx = (fields: object) => rootOf({ targets: { nginx: fields } });

  test.each([
    [9000, { address: '127.0.0.1', port: 9000 }],
    ['10.0.0.5:9000', { address: '10.0.0.5', port: 9000 }],
    ['[2001:DB8::0:1]:9000', { address: '[2001:db8::1]', port: 9000 }],
  ])('internal listener %j', (internal, value) =>
    expect(
      nginx({ listen: { internal } }).block?.targets?.value.nginx?.value.listen?.value.internal?.value,
    ).toEqual(value),
  );

  test.each([
    '9000',
    'localhost:9000',
    '10.0.0.5',
    '10.0.0.5:0',
    '10.0.0.5:65536',
    '[::1]',
    '1.2.3:80',
    '*:80',
    0,
    70_000,
  ])('%j is no internal listener', (internal) =>
    expect(nginx({ listen: { internal } }).places).toEqual(['XGW004 /targets/nginx/listen/internal']),
  );

  test.each([
    ['10.0.0.2', '10.0.0.2'],
    ['10.0.0.2:53', '10.0.0.2'],
    ['[::1]:5353', '[::1]:5353'],
  ])('resolver %s', (written, value) =>
    expect(nginx({ resolver: [written] }).block?.targets?.value.nginx?.value.resolver?.value[0]?.value).toBe(
      value,
    ),
  );

  test.each(['1.21', '1.32', '1.22.1', '1.022', '2.22', 'latest', '1.22 '])(
    '%j is no known version',
    (version) => expect(nginx({ version }).places).toEqual(['XGW004 /targets/nginx/version']),
  );

  test.each([
    { user: 'root;' },
    { user: '-x' },
    { workers: 0 },
    { workers: 'many' },
    { paths: { cache: '/a/../b' } },
    { errorLog: 'debug' },
  ])('%j is refused', (fields) => expect(nginx(fields).diagnostics).toHaveLength(1));
});
