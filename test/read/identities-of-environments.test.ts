import { describe, expect, it } from 'vitest';
import {
  bound,
  certificate,
  consumers,
  external,
  hash,
  introspection,
  keyIn,
  keys,
  mutual,
  oauth,
  tokens,
  users,
} from './identity-sample.ts';
import { type Change, read } from './sample.ts';

const bearer = { type: 'http', scheme: 'bearer' };
const other = 'a41f7a90e2d85b630b9d2e7f45a1c8367e60d1f2984bac535d3a8c17f0e2b694';
const issuerA = { issuer: 'https://a.test/', audiences: ['a'] };
const issuerB = { issuer: 'https://b.test/', audiences: ['b'] };
const issuers = { issuers: [issuerA, issuerB] };
const shared = tokens({ key: { secret: 'secret' }, algorithms: ['HS256'] });
const subjects = { certificate: { ...certificate.certificate, subjects: ['CN=a', 'CN=b'] } };
const secrets = { secret: { env: 'S' }, more: { env: 'M' } };
const tls = {
  clientCertificate: { mode: 'require', ca: { secret: 'secret' }, forward: { 'X-Cert': 'subject' } },
};

type Case = readonly [what: string, scheme: unknown, authenticator: Change, patch: Change];
const ofAuthenticator = (patch: Change): Change => ({ authenticators: { caller: patch } });

async function weakened(scheme: unknown, authenticator: Change, patch: Change): Promise<readonly string[]> {
  const root = { secrets, consumers, tls, environments: { prod: patch } };
  const { diagnostics } = await read(bound(scheme, authenticator, root), { environment: 'prod' });
  return diagnostics
    .filter(({ code }) => code === 'ENV002')
    .map(({ message }) => /weakens ([^:]*):/.exec(message)?.[1] ?? message);
}

describe('an environment may not widen who is let in', () => {
  it.each<Case>([
    ['', bearer, tokens({}), ofAuthenticator({ ...external, issuer: null, audiences: null })],
    [
      '.issuers',
      bearer,
      issuers,
      ofAuthenticator({ issuers: [issuerA, issuerB, { ...issuerB, issuer: 'https://c.test/' }] }),
    ],
    [
      '.issuers',
      bearer,
      issuers,
      ofAuthenticator({ issuers: [issuerA, { ...issuerB, audiences: ['b', 'c'] }] }),
    ],
    [
      '.issuers',
      bearer,
      issuers,
      ofAuthenticator({ issuers: [issuerA, { ...issuerB, jwks: 'https://b.test/keys' }] }),
    ],
    ['.issuers', bearer, tokens({}), ofAuthenticator({ issuer: null, audiences: null, ...issuers })],
    ['.jwks', bearer, tokens({}), ofAuthenticator({ jwks: 'https://evil.test/keys' })],
    ['.key', bearer, shared, ofAuthenticator({ key: { secret: 'more' } })],
    ['.algorithms', bearer, tokens({}), ofAuthenticator({ algorithms: ['EdDSA', 'RS256'] })],
    ['.from', bearer, tokens({}), ofAuthenticator({ from: [{ query: 'token' }] })],
    ['.from', keyIn('header', 'X-Key'), keys, ofAuthenticator({ from: [{ query: 'key' }] })],
    ['.introspection', oauth, introspection, ofAuthenticator({ introspection: { cache: '1m' } })],
    ['.audiences', oauth, { ...introspection, audiences: ['a'] }, ofAuthenticator({ audiences: null })],
    ['.external', bearer, external, ofAuthenticator({ external: { cache: '5s' } })],
    ['.external', bearer, external, ofAuthenticator({ external: { path: '/all' } })],
    ['.certificate', mutual, certificate, ofAuthenticator({ certificate: { ca: { secret: 'more' } } })],
    ['.certificate', mutual, subjects, ofAuthenticator({ certificate: { subjects: null } })],
    ['.certificate', mutual, subjects, ofAuthenticator({ certificate: { subjects: ['CN=a', 'CN=c'] } })],
    ['.users', { type: 'http', scheme: 'basic' }, users, ofAuthenticator({ users: { secret: 'more' } })],
  ])('authenticators.caller%s', async (field, scheme, authenticator, patch) => {
    expect(await weakened(scheme, authenticator, patch)).toEqual([`authenticators.caller${field}`]);
  });

  it.each<readonly [string, Change]>([
    ['consumers.acme.keys', { consumers: { acme: { keys: [{ sha256: hash }, { sha256: other }] } } }],
    ['consumers.evil.keys', { consumers: { evil: { keys: [{ sha256: other }] } } }],
    ['consumers.acme.groups', { consumers: { acme: { groups: ['partners', 'admins'] } } }],
    ['tls.clientCertificate.mode', { tls: { clientCertificate: { mode: 'optional' } } }],
    ['tls.clientCertificate.ca', { tls: { clientCertificate: { ca: { secret: 'more' } } } }],
    ['tls.clientCertificate.forward', { tls: { clientCertificate: { forward: null } } }],
  ])('%s', async (guard, patch) => {
    expect(await weakened(keyIn('header', 'X-Key'), keys, patch)).toEqual([guard]);
  });

  it.each<Case>([
    [
      'another identity provider',
      bearer,
      tokens({}),
      ofAuthenticator({ issuer: 'https://dev.test/', audiences: ['dev'] }),
    ],
    ['fewer issuers', bearer, issuers, ofAuthenticator({ issuers: [issuerB] })],
    [
      'another introspection endpoint',
      oauth,
      introspection,
      ofAuthenticator({ introspection: { url: 'https://dev.test/i' } }),
    ],
    ['fewer subjects', mutual, subjects, ofAuthenticator({ certificate: { subjects: ['CN=b'] } })],
    ['subjects', mutual, certificate, ofAuthenticator({ certificate: { subjects: ['CN=b'] } })],
    ['no key', keyIn('header', 'X-Key'), keys, { consumers: { acme: { keys: [] } } }],
    ['no group', keyIn('header', 'X-Key'), keys, { consumers: { acme: { groups: [] } } }],
  ])('but may have %s', async (_, scheme, authenticator, patch) => {
    expect(await weakened(scheme, authenticator, patch)).toEqual([]);
  });

  it('and brings its own keys where the base has none', async () => {
    const root = {
      consumers: { acme: {} },
      environments: { prod: { consumers: { acme: { keys: [{ sha256: hash }] } } } },
    };
    const { errors } = await read(bound(keyIn('header', 'X-Key'), keys, root), { environment: 'prod' });
    expect(errors).toEqual([]);
  });
});
