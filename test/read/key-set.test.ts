import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Algorithm } from '../../src/model/authentication.ts';
import { readKeySet } from '../../src/read/keys/read-key-set.ts';
import { hasRocaFingerprint } from '../../src/read/keys/roca.ts';
import { nodeOf } from '../../src/source/node.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsaKey = { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'r1' };
const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
const ec = (namedCurve: string): JsonWebKey =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' });
const ecKey: JsonWebKey = { ...ec('P-256'), kid: 'e1' };
const ed25519 = (): JsonWebKey => generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
const edKey: JsonWebKey = { ...ed25519(), kid: 'd1' };
/** `x` of an Ed25519 key by its little-endian bytes. */
const edPoint = (hex: string): JsonWebKey => ({ ...edKey, x: Buffer.from(hex, 'hex').toString('base64url') });
const defaults: readonly Algorithm[] = ['RS256', 'ES256', 'PS256'];

function read(keys: unknown, algorithms: readonly Algorithm[] = defaults) {
  const found: Diagnostic[] = [];
  const node = nodeOf(keys, { file: 'keys.json', pointer: '' });
  const set = readKeySet(node, algorithms, (one) => found.push(one));
  return { set, codes: found.map(({ code }) => code), text: JSON.stringify(found) };
}
/** 2^255-ish bytes turned into base64url. */
const number = (value: bigint): string => {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
};
const modulus = BigInt(`0x${Buffer.from(String(rsaKey.n), 'base64url').toString('hex')}`);

describe('static key sets', () => {
  it('pins every algorithm that is allowed to a key', () => {
    const { set, codes } = read({ keys: [rsaKey, ecKey] });
    expect(codes).toEqual([]);
    expect(set?.map(({ kid, algorithms }) => [kid, algorithms])).toEqual([
      ['r1', ['RS256', 'PS256']],
      ['e1', ['ES256']],
    ]);
  });

  it('takes the algorithm that a key states', () => {
    expect(read({ keys: [{ ...rsaKey, alg: 'PS256' }] }).set?.[0]?.algorithms).toEqual(['PS256']);
  });

  it('reads Ed25519 keys where EdDSA is named (RFC 8037)', () => {
    for (let count = 0; count < 20; count++) {
      const key = ed25519();
      expect(read({ keys: [{ ...key, alg: 'EdDSA', kid: 'd' }] }, ['EdDSA']).set).toEqual([
        { kid: 'd', algorithms: ['EdDSA'], jwk: { kty: 'OKP', crv: 'Ed25519', x: key.x } },
      ]);
    }
  });

  it.each([
    ['of order 1', '0100000000000000000000000000000000000000000000000000000000000000'],
    ['of order 2', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['of order 4', '0000000000000000000000000000000000000000000000000000000000000000'],
    ['of order 4, negative', '0000000000000000000000000000000000000000000000000000000000000080'],
    ['of order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['of order 8, negative', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'],
    ['not canonical', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['with a negative zero', '0100000000000000000000000000000000000000000000000000000000000080'],
    ['off the curve', '0200000000000000000000000000000000000000000000000000000000000000'],
    ['too short', '02'],
  ])('refuses an Ed25519 point %s', (_, hex) => {
    expect(read({ keys: [edPoint(hex)] }, ['EdDSA']).codes).toEqual(['JWK003']);
  });

  it('keeps public members only', () => {
    const { set } = read({ keys: [{ ...rsaKey, use: 'sig', x5c: ['MII'], x5u: 'https://evil.example' }] });
    expect(set).toEqual([
      { kid: 'r1', algorithms: ['RS256', 'PS256'], jwk: { kty: 'RSA', n: rsaKey.n, e: rsaKey.e } },
    ]);
  });

  it('reads a single key without kid, and integers with leading zeros', () => {
    const { kid: _, ...bare } = rsaKey;
    const padded = Buffer.concat([Buffer.from([0]), Buffer.from(String(rsaKey.n), 'base64url')]).toString(
      'base64url',
    );
    expect(read({ keys: [{ ...bare, n: padded }] }).set?.[0]).toMatchObject({
      kid: undefined,
      jwk: { n: rsaKey.n },
    });
  });

  it.each([
    ['no set', 'x', ['JWK001']],
    ['keys is no list', { keys: {} }, ['JWK001']],
    ['an empty set', { keys: [] }, ['JWK006']],
    ['a short RSA modulus', { keys: [small] }, ['JWK003']],
    ['e = 1', { keys: [{ ...rsaKey, e: 'AQ' }] }, ['JWK003']],
    ['an even e', { keys: [{ ...rsaKey, e: 'AQAC' }] }, ['JWK003']],
    ['an even modulus', { keys: [{ ...rsaKey, n: number(modulus + 1n) }] }, ['JWK003']],
    ['a padded modulus', { keys: [{ ...rsaKey, n: `${rsaKey.n}=` }] }, ['JWK003']],
    ['an Ed25519 key where EdDSA is not named', { keys: [edKey] }, ['JWK005', 'JWK006']],
    ['an Ed25519 key with another algorithm', { keys: [{ ...edKey, alg: 'ES256' }] }, ['JWK003']],
    ['a key on another Edwards curve', { keys: [{ ...edKey, crv: 'Ed448' }] }, ['JWK005', 'JWK006']],
    ['a point off the curve', { keys: [{ ...ecKey, y: ecKey.x }] }, ['JWK003']],
    ['a short coordinate', { keys: [{ ...ecKey, x: 'AQAB' }] }, ['JWK003']],
    ['another curve than stated', { keys: [{ ...ecKey, crv: 'P-384' }] }, ['JWK003']],
    ['an algorithm of another key type', { keys: [{ ...ecKey, alg: 'RS256' }] }, ['JWK003']],
    ['a symmetric key', { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }, ['JWK002']],
    ['a private key', { keys: [{ ...rsa.privateKey.export({ format: 'jwk' }), kid: 'r1' }] }, ['JWK002']],
    ['a duplicate kid', { keys: [rsaKey, { ...ecKey, kid: 'r1' }] }, ['JWK004']],
    ['a key without kid among several', { keys: [rsaKey, ec('P-256')] }, ['JWK004']],
    ['only an encryption key', { keys: [{ ...rsaKey, use: 'enc' }] }, ['JWK005', 'JWK006']],
    ['only an unsupported curve', { keys: [ec('secp256k1')] }, ['JWK005', 'JWK006']],
    ['only an algorithm that is not allowed', { keys: [ec('P-384')] }, ['JWK005', 'JWK006']],
    ['a key that is text', { keys: ['x'] }, ['JWK003']],
    ['a kid that is a list', { keys: [{ ...rsaKey, kid: ['r1'] }] }, ['JWK003']],
  ])('refuses %s', (_, keys, codes) => {
    expect(read(keys)).toMatchObject({ set: undefined, codes });
  });

  it('ignores keys of another purpose beside a usable one', () => {
    const { set, codes } = read({ keys: [{ ...ecKey, use: 'enc', kid: 'r1' }, rsaKey, edKey] });
    expect(set).toHaveLength(1);
    expect(codes).toEqual(['JWK005', 'JWK005']);
  });

  it('never repeats private material in a message', () => {
    const key = rsa.privateKey.export({ format: 'jwk' });
    expect(read({ keys: [key] }).text).not.toContain(String(key.d).slice(0, 20));
  });

  it('knows the structure of ROCA keys', () => {
    expect(hasRocaFingerprint(65537n ** 100n)).toBe(true);
    expect(hasRocaFingerprint(modulus)).toBe(false);
  });
});

describe('hostile key sets', () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(
      { toString: 1 },
      'sig',
      'RSA',
      'EC',
      'OKP',
      'Ed25519',
      'AQAB',
      'A'.repeat(43),
      'A'.repeat(9000),
    ),
  );
  const members = ['kty', 'kid', 'use', 'key_ops', 'alg', 'crv', 'n', 'e', 'x', 'y', '__proto__'] as const;
  const key = fc
    .dictionary(fc.constantFrom(...members), anything)
    .map((changes) => ({ ...rsaKey, ...changes }));

  it('are refused or reduced to sound keys, and never break the build', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(key, anything), { maxLength: 3 }), (keys) => {
        for (const { jwk, algorithms } of read({ keys }, [...defaults, 'EdDSA']).set ?? []) {
          expect(['RSA', 'EC', 'OKP']).toContain(jwk.kty);
          expect(algorithms.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});
