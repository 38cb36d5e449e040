import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseKeySet } from '../../src/decide/key-set.ts';
import { verifyToken } from '../../src/decide/verify-token.ts';
import type { Algorithm, KeySource } from '../../src/model/authentication.ts';
import { authenticator, sourced } from '../support/model.ts';
import { mint, mintHmac, signingKey } from '../support/tokens.ts';

const ec = signingKey('ES256', 'ec');
const rsa = signingKey('RS256', 'rsa');
const ed = signingKey('EdDSA', 'ed');
const all: readonly Algorithm[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const set = (...keys: readonly object[]): string => JSON.stringify({ keys });
const kids = (text: string, allowed = all): readonly (string | undefined)[] | undefined =>
  parseKeySet(text, allowed)?.map(({ kid }) => kid);

/** A modulus that is a power of 65537 modulo every small prime, as those of CVE-2017-15361 are. */
const rocaModulus = (): string => {
  const primes = [3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n, 47n, 53n, 59n, 61n, 67n, 71n];
  const more = [73n, 79n, 83n, 89n, 97n, 101n, 103n, 107n, 109n, 113n, 127n, 131n, 137n, 139n, 149n, 151n];
  const product = [2n, ...primes, ...more, 157n, 163n, 167n].reduce((a, b) => a * b);
  const modulus = ((1n << 2047n) / product) * product + product + 65_537n;
  return Buffer.from(modulus.toString(16), 'hex').toString('base64url');
};

describe('J20: key sets that come at run time', () => {
  test('good keys are taken, each with what it may verify', () => {
    expect(
      parseKeySet(set(ec.publicJwk, { ...rsa.publicJwk, alg: undefined }, ed.publicJwk), all),
    ).toMatchObject([
      { kid: 'ec', algorithms: ['ES256'] },
      { kid: 'rsa', algorithms: ['RS256', 'PS256'] },
      { kid: 'ed', algorithms: ['EdDSA'], jwk: { kty: 'OKP' } },
    ]);
  });
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
  test.each<readonly [string, JsonWebKey | object]>([
    ['a private key', ec.privateKey.export({ format: 'jwk' })],
    ['a symmetric key', { kty: 'oct', k: 'AAAA' }],
    ['a key for encryption', { ...ec.publicJwk, use: 'enc' }],
    ['operations without verify', { ...ec.publicJwk, key_ops: ['sign'] }],
    ['operations that are no list', { ...ec.publicJwk, key_ops: 'verify' }],
    ['a short modulus', weak],
    ['the exponent 1', { ...rsa.publicJwk, e: 'AQ' }],
    ['an even exponent', { ...rsa.publicJwk, e: 'Ag' }],
    ['a modulus of the flawed library', { ...rsa.publicJwk, n: rocaModulus() }],
    ['a modulus with a small factor', { ...rsa.publicJwk, n: Buffer.alloc(256, 0xff).toString('base64url') }],
    ['padding', { ...rsa.publicJwk, n: `${rsa.publicJwk.n}=` }],
    ['a point off the curve', { ...ec.publicJwk, y: ec.publicJwk.x }],
    ['a short coordinate', { ...ec.publicJwk, x: 'AA' }],
    ['an unknown curve', { ...ec.publicJwk, crv: 'secp256k1' }],
    ['an algorithm of another type', { ...ec.publicJwk, alg: 'RS256' }],
    ['an algorithm that is not allowed', { ...ec.publicJwk, crv: 'P-384', alg: 'ES384' }],
    ['a name that is no text', { ...ec.publicJwk, kid: 1 }],
    ['an empty name', { ...ec.publicJwk, kid: '' }],
    ['a short Edwards key', { ...ed.publicJwk, x: 'AA' }],
    ['an inherited type', { ...ec.publicJwk, kty: 'constructor' }],
    ['a list', []],
  ])('%s is passed over', (_, jwk) => {
    const bad = Array.isArray(jwk) ? jwk : { kid: 'bad', ...jwk };
    expect(kids(set(bad, ed.publicJwk))).toEqual(['ed']);
    expect(kids(set(bad))).toBeUndefined();
  });
  test.each([
    ['', ''],
    ['no object', '[]'],
    ['no list', '{"keys":{}}'],
    ['nothing', '{}'],
    ['two lists', `{"keys":[],"keys":[${JSON.stringify(ec.publicJwk)}]}`],
    ['a page', '<html></html>'],
    ['more keys than any issuer has', set(...Array.from({ length: 101 }, () => ec.publicJwk))],
  ])('%s is no key set', (_, text) => {
    expect(kids(text)).toBeUndefined();
  });
});

describe('where keys come from', () => {
  const now = 1_800_000_000;
  const claims = { iss: 'https://id.test/', aud: 'api', exp: now + 60, sub: 'a' };
  const user = (source: KeySource, algorithms: readonly Algorithm[] = all) => ({
    ...authenticator('user', { algorithms: sourced(algorithms) }),
    issuers: sourced([
      { issuer: sourced('https://id.test/'), audiences: sourced(['api']), keys: sourced(source) },
    ]),
  });
  const remote = user({ kind: 'remote', url: 'https://id.test/keys' });
  test('EdDSA verifies with an Edwards key', () => {
    const keySet = (): string => set(ed.publicJwk);
    const token = mint(claims, { key: ed });
    expect(verifyToken(token, remote, now, { keySet })).toMatchObject({ sub: 'a' });
    expect(verifyToken(`${token.slice(0, -4)}AAAA`, remote, now, { keySet })).toBeUndefined();
    expect(
      verifyToken(mint(claims, { key: ec, header: { kid: 'ed' } }), remote, now, { keySet }),
    ).toBeUndefined();
  });
  test('J24: without keys nobody can tell, unless the token can never hold', () => {
    const good = mint(claims, { key: ec });
    expect(verifyToken(good, remote, now)).toBe('unavailable');
    expect(verifyToken(good, remote, now, { keySet: () => '{}' })).toBe('unavailable');
    expect(verifyToken(mint({ ...claims, exp: 1 }, { key: ec }), remote, now)).toBeUndefined();
    expect(verifyToken('x', remote, now)).toBeUndefined();
  });
  test('J27: a shared secret is as long as the hash, and its line end is none of it', () => {
    const shared = user({ kind: 'shared', secret: 'key' }, ['HS256', 'HS384']);
    const secret = 's'.repeat(32);
    const held = { secrets: new Map([['key', `${secret}\n`]]) };
    const token = (key: string): string => mintHmac(claims, key, { alg: 'HS256' });
    expect(verifyToken(token(secret), shared, now, held)).toMatchObject({ sub: 'a' });
    expect(verifyToken(token(`${secret}\n`), shared, now, held)).toBeUndefined();
    expect(verifyToken(mintHmac(claims, secret, { alg: 'HS384' }, '384'), shared, now, held)).toBeUndefined();
    for (const short of ['', '\n', secret.slice(1)]) {
      const secrets = new Map([['key', short]]);
      expect(verifyToken(token(short.trim()), shared, now, { secrets })).toBe('unavailable');
    }
  });
});
