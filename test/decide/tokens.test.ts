import { describe, expect, test } from 'vitest';
import { verifyToken } from '../../src/decide/verify-token.ts';
import { authenticator, sourced, verificationKey } from '../support/model.ts';
import { base64url, type Claims, mint, mintHmac, signCompact, signingKey } from '../support/tokens.ts';

const now = 1_800_000_000;
const rsa = signingKey('RS256', 'rsa');
const ec = signingKey('ES256', 'ec');
const user = authenticator('user', {
  audiences: sourced(['api', 'api-two']),
  keys: sourced([verificationKey(rsa), verificationKey(ec)]),
});
const single = authenticator('user', { keys: sourced([verificationKey(ec)]) });
const claims = (changes: Claims = {}): Claims => ({
  iss: 'https://id.test/',
  aud: 'api',
  exp: now + 60,
  sub: 'a',
  ...changes,
});
const accepts = (token: string, by = user): boolean => verifyToken(token, by, now) !== undefined;
const header = { alg: 'ES256', typ: 'JWT', kid: 'ec' };
const payload = (text: string): string => signCompact(JSON.stringify(header), text, ec);

describe('the claims of a token', () => {
  test.each<readonly [string, Claims]>([
    ['J12', { exp: now - 29 }],
    ['J12', { exp: now + 0.5 }],
    ['J12', { exp: now * 1000 }],
    ['J13', { nbf: now + 30, iat: now + 30 }],
    ['J13', { nbf: -1 }],
    ['J15', { aud: 'api-two' }],
    ['J15', { aud: ['other', 'api'] }],
    ['J15', { aud: [1, 'api'] }],
  ])('%s accepts %j', (_, changes) => {
    expect(accepts(mint(claims(changes), { key: ec }))).toBe(true);
  });
  test.each<readonly [string, Claims]>([
    ['J12', { exp: undefined }],
    ['J12', { exp: now - 30 }],
    ['J12', { exp: String(now + 60) }],
    ['J12', { exp: null }],
    ['J12', { exp: -1 }],
    ['J13', { nbf: now + 31 }],
    ['J13', { iat: now + 31 }],
    ['J13', { nbf: '0' }],
    ['J13', { iat: null }],
    ['J14', { iss: 'https://id.test' }],
    ['J14', { iss: 'https://ID.test/' }],
    ['J14', { iss: ['https://id.test/'] }],
    ['J14', { iss: undefined }],
    ['J15', { aud: 'other' }],
    ['J15', { aud: 'API' }],
    ['J15', { aud: 'api ' }],
    ['J15', { aud: [] }],
    ['J15', { aud: ['other'] }],
    ['J15', { aud: [['api']] }],
    ['J15', { aud: { api: 'api' } }],
    ['J15', { aud: undefined }],
  ])('%s refuses %j', (_, changes) => {
    expect(accepts(mint(claims(changes), { key: ec }))).toBe(false);
  });
  test('J12: a number that is none', () => {
    expect(accepts(payload(JSON.stringify(claims()).replace(String(now + 60), '1e400')))).toBe(false);
  });
});

describe('the header of a token', () => {
  test.each([
    ['J16', { typ: undefined }],
    ['J16', { typ: 'at+JWT' }],
    ['J16', { typ: 'application/at+jwt' }],
    ['J10', { jku: 'https://evil.test/', x5u: 'https://evil.test/', jwk: {}, x5c: [] }],
  ])('%s accepts %j', (_, changes) => {
    expect(accepts(mint(claims(), { key: ec, header: changes }))).toBe(true);
  });
  test.each([
    ['J16', { typ: 'dpop+jwt' }],
    ['J16', { typ: 'logout+jwt' }],
    ['J16', { typ: 1 }],
    ['J6', { alg: 'none' }],
    ['J6', { alg: 'None' }],
    ['J6', { alg: undefined }],
    ['J6', { alg: ['ES256'] }],
    ['J8', { alg: 'ES384' }],
    ['J8', { alg: 'RS256' }],
    ['J9', { kid: 'other' }],
    ['J9', { kid: 'rsa' }],
    ['J9', { kid: ['ec'] }],
    ['J9', { kid: undefined }],
    ['J9', { kid: '__proto__' }],
    ['J11', { crit: ['exp'] }],
    ['J11', { crit: [] }],
    ['J11', { b64: true }],
  ])('%s refuses %j', (_, changes) => {
    expect(accepts(mint(claims(), { key: ec, header: changes }))).toBe(false);
  });
  test('J9: without a kid where there is one key', () => {
    expect(accepts(mint(claims(), { key: ec, header: { kid: undefined } }), single)).toBe(true);
  });
  test('J7: the public key as a secret', () => {
    const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' });
    expect(accepts(mintHmac(claims(), pem.toString(), { alg: 'HS256', kid: 'rsa' }))).toBe(false);
  });
  test('J8: an algorithm of the key that the authenticator does not have', () => {
    const narrow = { ...user, algorithms: sourced(['RS256' as const]) };
    expect(accepts(mint(claims(), { key: ec }), narrow)).toBe(false);
    expect(accepts(mint(claims(), { key: rsa }), narrow)).toBe(true);
  });
});

describe('the form of a token', () => {
  const good = mint(claims(), { key: ec });
  const [first = '', second = '', third = ''] = good.split('.');
  test.each([
    ['J17', `${first}.${second}`],
    ['J17', `${good}.`],
    ['J17', `${first}.${second}.`],
    ['J17', `${good}=`],
    ['J17', `${good} `],
    ['J17', `${first}=.${second}.${third}`],
    ['J17', good.replace(/[-_]/g, '+')],
    ['J17', `${first}.${second}.${third.slice(0, -1)}B`],
    ['J19', `${first}.${second}.${base64url(Buffer.alloc(64))}`],
    ['J19', `${first}.${second}.${third}AA`],
    ['J18', payload(`${JSON.stringify(claims()).slice(0, -1)},"exp":${now + 99}}`)],
    ['J18', payload('[]')],
    ['J22', mint(claims({ pad: 'x'.repeat(8192) }), { key: ec })],
  ])('%s refuses %s', (_, token) => {
    if (token === good) return;
    expect(accepts(token)).toBe(false);
  });
  test('J21: a good one is read', () => {
    expect(verifyToken(good, user, now)).toEqual(claims());
  });
});
