import { createPrivateKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseKeySet } from '../../src/decide/key-set.ts';
import type { Algorithm, VerificationKey } from '../../src/model/authentication.ts';
import { readKeySet } from '../../src/read/keys/read-key-set.ts';
import { nodeOf } from '../../src/source/node.ts';
import { buildVerifierData } from '../../src/targets/nginx/verifier/build-verifier-data.ts';
import type { KeyData } from '../../src/targets/nginx/verifier/guard-data.ts';
import { keyData } from '../../src/targets/nginx/verifier/key-data.ts';
import { at } from '../support/model.ts';
import { type NginxEngine, nginxEngine } from './engine/nginx-engine.ts';
import { loadNjs } from './engine/node-engine.ts';
import { algorithms, shop } from './fixture.ts';

/*
 * The emitted code must make of a key set what a build makes of the same set in a document (BEHAVIOUR.md J20), for the
 * algorithms that nginx verifies.
 */

const every: readonly Algorithm[] = algorithms;

const rsa = (modulusLength: number, publicExponent = 65_537): JsonWebKey =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey.export({ format: 'jwk' });
const ec = (namedCurve: string): JsonWebKey =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' });
const number = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');

/** Modulo every prime below 168 a power of 65537: 65537 to some power, modulo their product, far above 2048 bits. */
const roca = ((): string => {
  const primes = [...Array(168).keys()].filter(
    (n) => n > 2 && [2, 3, 5, 7, 11].every((d) => n === d || n % d > 0),
  );
  const product = primes.reduce((all, prime) => all * BigInt(prime), 1n);
  const power = 65_537n ** 12n % product;
  const modulus = power + product * (1n << 1900n) * 2n;
  const hex = modulus.toString(16);
  return number(hex.length % 2 === 0 ? hex : `0${hex}`);
})();

const sound: readonly JsonWebKey[] = [
  ...[rsa(2048), rsa(2056), rsa(3072), rsa(2048, 3)],
  ...[ec('P-256'), ec('P-384'), ec('P-521')],
];
const unsound: readonly JsonWebKey[] = [
  ...[rsa(1024), rsa(2040), ec('secp256k1')],
  generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }),
  generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }),
  generateKeyPairSync('ed448').publicKey.export({ format: 'jwk' }),
  { kty: 'oct', k: 'AAAA' },
  { ...sound[0], n: roca },
  createPrivateKey({
    key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
    format: 'jwk',
  }).export({ format: 'jwk' }),
  {},
];

const text = fc.oneof(
  fc.constantFrom(
    '',
    'A',
    'AA',
    'AQAB',
    'AAEAAQ',
    'Aw',
    'AQ',
    'BA',
    'AP______________8',
    '+/==',
    'A==',
    'é',
    'P-256',
    'RSA',
  ),
  fc.constantFrom(
    number(`00${'ff'.repeat(256)}`),
    number('80'.padEnd(512, '1')),
    number(`${'ff'.repeat(255)}fe`),
    number('01'.repeat(4100)),
  ),
);
const value = fc.oneof(
  text,
  fc.constantFrom(
    null,
    7,
    true,
    [],
    {},
    ['verify'],
    ['sign', 'verify'],
    ['encrypt'],
    'sig',
    'enc',
    ...every,
    'HS256',
    'none',
  ),
);
const change = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('set' as const),
      name: fc.constantFrom(
        'kid',
        'use',
        'alg',
        'key_ops',
        'kty',
        'crv',
        'n',
        'e',
        'x',
        'y',
        'd',
        'p',
        'k',
        'oth',
        'x5c',
        'toString',
      ),
      value,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('remove' as const),
      name: fc.constantFrom('kty', 'crv', 'n', 'e', 'x', 'y'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('bend' as const),
      name: fc.constantFrom('n', 'e', 'x', 'y'),
      how: fc.constantFrom('zero', 'bit', 'cut', 'pad'),
    }),
  },
);
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

const bend = (part: unknown, how: string): unknown => {
  if (typeof part !== 'string') return part;
  const bytes = Buffer.from(part, 'base64url');
  if (how === 'zero') return Buffer.concat([Buffer.from([0]), bytes]).toString('base64url');
  if (how === 'cut') return bytes.subarray(1).toString('base64url');
  if (how === 'pad') return `${part}=`;
  bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, Math.max(0, bytes.length - 1));
  return bytes.toString('base64url');
};
const changed = (jwk: JsonWebKey, changes: readonly Change[]): object =>
  Object.fromEntries(
    changes.reduce(
      (key, one) => {
        if (one.kind === 'remove') key.delete(one.name);
        else key.set(one.name, one.kind === 'set' ? one.value : bend(key.get(one.name), one.how));
        return key;
      },
      new Map<string, unknown>(Object.entries(jwk)),
    ),
  );
const jwks = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...sound) },
      { weight: 1, arbitrary: fc.constantFrom(...unsound) },
    ),
    fc.option(fc.constantFrom('a', 'b', 'c')),
    fc.array(change, { maxLength: 2 }),
  )
  .map(([jwk, kid, changes]) => changed(kid === null ? jwk : { ...jwk, kid }, changes));
const sets = fc.array(fc.oneof({ weight: 20, arbitrary: jwks }, { weight: 1, arbitrary: value }), {
  maxLength: 4,
});

const inOrder = (keys: readonly KeyData[] | null): unknown =>
  keys?.map((key) => Object.fromEntries(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1))));
const built = (keys: readonly VerificationKey[]): readonly KeyData[] =>
  keys.map((key) => keyData(key, every));
/** What a build takes of a set, key by key: it refuses a whole set for a dangerous one. */
const byBuild = (set: readonly unknown[]): readonly KeyData[] =>
  built(set.flatMap((one) => readKeySet(nodeOf({ keys: [one] }, at), every, () => undefined) ?? []));

describe('a key set of an issuer', () => {
  let nginx: NginxEngine;
  let read: (bytes: Buffer) => Promise<readonly KeyData[] | undefined>;
  beforeAll(async () => {
    nginx = await nginxEngine(buildVerifierData(shop));
    read = (await loadNjs('key-set.js'))['read'] as typeof read;
  });
  afterAll(async () => nginx?.stop());
  const inNginx = async (texts: readonly unknown[]): Promise<readonly (readonly KeyData[] | null)[]> => {
    const sent = texts.map((one) =>
      Buffer.from(typeof one === 'string' ? one : JSON.stringify(one)).toString('base64'),
    );
    return (await nginx.call('readKeySet', sent)) as readonly (readonly KeyData[] | null)[];
  };

  test('has the same keys in nginx, in Node, for the reference and for a build', {
    timeout: 120_000,
  }, async () => {
    const samples = fc.sample(sets, { numRuns: 600, seed: 11 });
    const found: (readonly KeyData[] | null)[] = [];
    for (let start = 0; start < samples.length; start += 50)
      found.push(...(await inNginx(samples.slice(start, start + 50).map((keys) => ({ keys })))));
    for (const [index, keys] of samples.entries()) {
      const set = JSON.stringify({ keys });
      const expected = byBuild(keys);
      const inNode = (await read(Buffer.from(set))) ?? null;
      expect({ set, keys: inOrder(inNode) }).toEqual({ set, keys: inOrder(expected) });
      expect({ set, keys: inOrder(built(parseKeySet(set, every) ?? [])) }).toEqual({
        set,
        keys: inOrder(expected),
      });
      expect({ set, keys: inOrder(found[index] ?? null) }).toEqual({ set, keys: inOrder(expected) });
    }
    const usable = found.flatMap((keys) => keys ?? []).length;
    expect(usable).toBeGreaterThan(200);
  });

  test('leaves out keys that are dangerous', async () => {
    for (const one of unsound) {
      expect(byBuild([one])).toEqual([]);
      expect(await read(Buffer.from(JSON.stringify({ keys: [one] })))).toEqual([]);
      expect(await inNginx([{ keys: [one] }])).toEqual([[]]);
    }
    expect(byBuild(sound).length).toBe(sound.length);
  });

  test('is a JSON object with a list, read in one way only', async () => {
    const good = JSON.stringify({ keys: sound.slice(0, 1) });
    const texts = [
      good,
      `\ufeff${good}`,
      good.replace('{', '{"keys":[],'),
      good.replace('"kty"', '"kty":"EC","kty"'),
      good.replace('{', '{"__proto__":1,'),
      good.slice(0, -1),
      `${good}x`,
      '[]',
      '{}',
      'null',
      '{"keys":null}',
      '{"keys":{"0":{}}}',
      JSON.stringify({ keys: Array(101).fill(sound[0]) }),
      `{"keys":[${'['.repeat(30)}${']'.repeat(30)}]}`,
    ];
    const found = await inNginx(texts);
    expect(found.map((keys) => keys?.length ?? null)).toEqual([1, ...texts.slice(1).map(() => null)]);
    for (const [index, one] of texts.entries())
      expect((await read(Buffer.from(one)))?.length ?? null).toBe(found[index]?.length ?? null);
  });

  test('of half a megabyte is read', async () => {
    const keys = Array.from({ length: 90 }, (_, n) => ({
      ...sound[n % 8],
      kid: `${n}`,
      x5c: ['A'.repeat(5400)],
    }));
    const set = JSON.stringify({ keys });
    expect(set.length).toBeGreaterThan(500_000);
    expect(set.length).toBeLessThan(524_288);
    expect((await inNginx([set]))[0]?.length).toBeGreaterThanOrEqual(78);
  });
});
