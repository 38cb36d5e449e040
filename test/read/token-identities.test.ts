import { describe, expect, it } from 'vitest';
import { authenticator, bearer, bound, discovery, openId, secrets, tokens } from './identity-sample.ts';
import { type Change, model, read } from './sample.ts';

describe('JSON Web Tokens', () => {
  it.each<[string, unknown, Change, Change, unknown]>([
    [
      'a URL',
      bearer,
      { jwks: 'https://id.test/keys?v=2' },
      {},
      { kind: 'remote', url: 'https://id.test/keys?v=2' },
    ],
    [
      'a URL in another spelling',
      bearer,
      { jwks: 'HTTPS://ID.test:443' },
      {},
      { kind: 'remote', url: 'https://id.test/' },
    ],
    ['a file', bearer, { jwks: { file: 'keys.json' } }, {}, { kind: 'pinned' }],
    ['a secret', bearer, { jwks: { secret: 'secret' } }, { secrets }, { kind: 'stored', secret: 'secret' }],
    ['discovery', bearer, {}, {}, { kind: 'discovery', url: discovery }],
    [
      'discovery below a path',
      bearer,
      { issuer: 'https://id.test/realm' },
      {},
      { kind: 'discovery', url: 'https://id.test/realm/.well-known/openid-configuration' },
    ],
    [
      'a shared secret',
      bearer,
      { key: { secret: 'secret' }, algorithms: ['HS256'] },
      { secrets },
      { kind: 'shared', secret: 'secret' },
    ],
  ])('take keys from %s', async (_, scheme, fields, root, source) => {
    const one = await authenticator(scheme, tokens(fields), root);
    expect(one.kind === 'jwt' && one.issuers.value.map(({ keys: { value } }) => value)).toMatchObject([
      source,
    ]);
  });

  it('take the issuer from the discovery URL of the scheme', async () => {
    const one = await authenticator(openId, { audiences: ['api'] });
    expect(one.kind === 'jwt' && one.issuers.value[0]).toMatchObject({
      issuer: { value: 'https://id.test' },
      keys: { value: { kind: 'discovery', url: discovery } },
    });
    expect((await read(bound(openId, { audiences: ['api'] }))).text).toContain('trusts "https://id.test"');
  });

  it('take pinned keys of a derived issuer, whose text the lock file knows', async () => {
    const pinned = new Map([['https://id.test/', 'https://id.test/jwks']]);
    const [one] = (await model(bound(openId, { audiences: ['api'] }), { pinned })).authenticators;
    expect(one?.kind === 'jwt' && one.issuers.value[0]).toMatchObject({
      issuer: { value: 'https://id.test/' },
      keys: { value: { kind: 'remote', url: 'https://id.test/jwks' } },
    });
  });

  it('take several issuers, each with its keys and audiences', async () => {
    const issuers = [
      { issuer: 'https://a.test/', audiences: ['x'], jwks: { file: 'keys.json' } },
      { issuer: 'https://b.test/', jwks: 'https://b.test/keys' },
      { issuer: 'https://c.test/' },
    ];
    const one = await authenticator(bearer, { issuers, audiences: ['y'], algorithms: ['ES256', 'EdDSA'] });
    const read = one.kind === 'jwt' ? one.issuers.value : [];
    expect(
      read.map(({ issuer: { value }, audiences, keys: of }) => [value, audiences.value, of.value.kind]),
    ).toEqual([
      ['https://a.test/', ['x'], 'pinned'],
      ['https://b.test/', ['y'], 'remote'],
      ['https://c.test/', ['y'], 'discovery'],
    ]);
  });

  it.each<[string, unknown, Change, readonly string[]]>([
    ['no issuer', bearer, { issuer: undefined }, ['AUT008']],
    [
      'no issuer, and a discovery URL that is none',
      { ...openId, openIdConnectUrl: 'https://id.test/x' },
      { issuer: undefined },
      ['AUT008'],
    ],
    [
      'a plain discovery URL',
      { ...openId, openIdConnectUrl: discovery.replace('https', 'http') },
      { issuer: undefined },
      ['XGW004'],
    ],
    ['a key set of a metadata service', bearer, { jwks: 'https://169.254.169.254/keys' }, ['XGW004']],
    ['a plain key set', bearer, { jwks: 'http://id.test/keys' }, ['XGW004']],
    [
      'one issuer twice',
      bearer,
      { issuer: undefined, issuers: [{ issuer: 'https://a.test/' }, { issuer: 'https://a.test/' }] },
      ['XGW008'],
    ],
    ['issuer and issuers', bearer, { issuers: [{ issuer: 'https://a.test/' }] }, ['XGW007']],
    [
      'keys of one issuer beside issuers',
      bearer,
      { issuer: undefined, issuers: [{ issuer: 'https://a.test/' }], jwks: 'https://a.test/keys' },
      ['XGW011'],
    ],
    ['no audience', bearer, { audiences: undefined }, ['XGW006']],
    [
      'no audience of an issuer',
      bearer,
      { issuer: undefined, audiences: undefined, issuers: [{ issuer: 'https://a.test/' }] },
      ['XGW006'],
    ],
    [
      'audiences that hold for no issuer',
      bearer,
      { issuer: undefined, issuers: [{ issuer: 'https://a.test/', audiences: ['x'] }] },
      ['XGW011'],
    ],
    ['a shared secret without its algorithm', bearer, { key: { secret: 'secret' } }, ['XGW011']],
    [
      'a shared secret for public keys',
      bearer,
      { key: { secret: 'secret' }, algorithms: ['HS256', 'RS256'] },
      ['XGW011'],
    ],
    [
      'a shared secret beside a key set',
      bearer,
      { key: { secret: 'secret' }, algorithms: ['HS256'], jwks: 'https://a.test/' },
      ['XGW011'],
    ],
    ['HS256 without a shared secret', bearer, { algorithms: ['HS256'] }, ['XGW011']],
  ])('refuse %s', async (_, scheme, fields, codes) => {
    const { errors, text } = await read(bound(scheme, tokens(fields), { secrets }));
    expect(errors, text).toEqual(codes);
  });
});
