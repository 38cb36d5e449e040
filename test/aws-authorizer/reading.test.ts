import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStrictObject } from '../../src/decide/json-strict.ts';
import { parseKeySet } from '../../src/decide/key-set.ts';
import type { Algorithm } from '../../src/model/authentication.ts';
import { providerKeys } from '../behaviour/identity-credentials.ts';
import { algorithmKeys } from '../verifier/fixture.ts';
import { authorizerModule } from './module.ts';

const suite = new URL('../../../shared/vectors/json-test-suite/test_parsing/', import.meta.url);
const missing = existsSync(suite) ? undefined : '../shared/vectors/json-test-suite is not there';
const { readObject } = authorizerModule<{ readonly readObject: (bytes: Buffer) => unknown }>('json.js');
const { readKeySet } = authorizerModule<{
  readonly readKeySet: (
    bytes: Buffer,
  ) => readonly { readonly kid?: string; readonly algorithms: readonly string[] }[] | undefined;
}>('key-set.js');

const same = (bytes: Buffer): void =>
  expect({ text: bytes.toString('latin1'), found: readObject(bytes) }).toEqual({
    text: bytes.toString('latin1'),
    found: parseStrictObject(bytes),
  });

describe('JSON is read in one way (J18)', () => {
  test.skipIf(missing !== undefined)(
    `as the reference reads JSONTestSuite${missing === undefined ? '' : ` (skipped: ${missing})`}`,
    () => {
      const files = readdirSync(suite).filter((file) => file.endsWith('.json'));
      for (const file of files) {
        const bytes = readFileSync(new URL(encodeURIComponent(file), suite));
        same(bytes);
        same(Buffer.concat([Buffer.from('{"v":'), bytes, Buffer.from('}')]));
      }
      expect(files.length).toBeGreaterThan(300);
    },
  );

  test('as the reference reads generated texts', () => {
    const atoms = [
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '\\',
        '\\"',
        '"a"',
        '"a":',
        '"b":1',
        '"__proto__":1',
        '"\\u005f_proto__":1',
      ],
      ...[
        '1',
        '-0',
        '01',
        '1e400',
        'true',
        'null',
        ' ',
        '\t',
        '\n',
        '\\ud800',
        '"\\ud800"',
        '"\\ud83d\\ude00"',
        '"\\\\":"',
      ],
      ...['\ufeff', '\u00e9', '"\u2028"', '"\u0001"', '"a:b"', '{"a":{"a":1}}'],
    ];
    const texts = fc.array(fc.constantFrom(...atoms), { maxLength: 9 }).map((parts) => parts.join(''));
    const objects = fc.oneof(
      texts,
      texts.map((text) => `{${text}}`),
      fc.json(),
      fc.json().map((text) => `{"a":${text}}`),
    );
    fc.assert(
      fc.property(objects, (text) => {
        same(Buffer.from(text, 'utf8'));
      }),
      { numRuns: 20_000, seed: 5 },
    );
  });

  test.each([19, 20, 21, 5000])('objects within %i others', (depth) => {
    same(Buffer.from(`{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`));
  });
});

const every: readonly Algorithm[] = [...algorithmKeys.map(({ algorithm }) => algorithm), 'EdDSA'];
const ed25519 = (): JsonWebKey => generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
const sound: readonly JsonWebKey[] = [
  ...algorithmKeys.map(({ publicJwk }) => publicJwk),
  ed25519(),
  ...providerKeys.remote,
];
/** RFC 8032: the neutral point and others of small order, and one that is no canonical number. */
const weak = [
  'AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '7f___________________________________________38',
].map((x) => ({ kty: 'OKP', crv: 'Ed25519', x }));
const members = ['kid', 'use', 'alg', 'key_ops', 'kty', 'crv', 'n', 'e', 'x', 'y', 'd', 'k', 'oth'];
const values = [
  '',
  'A',
  'AQAB',
  'AQ',
  'Aw',
  'P-256',
  'P-384',
  'RSA',
  'EC',
  'OKP',
  'Ed25519',
  'sig',
  'enc',
  'RS256',
  'ES384',
  'HS256',
];

describe('a key set is what the reference makes of it (J20)', () => {
  const keySets = fc.array(
    fc
      .record({
        jwk: fc.constantFrom<JsonWebKey>(...sound, ...providerKeys.unusable, ...providerKeys.mixed, ...weak),
        changes: fc.dictionary(
          fc.constantFrom(...members),
          fc.oneof(fc.constantFrom(...values), fc.constantFrom<unknown>(null, 7, ['verify'], ['sign'], {})),
          { maxKeys: 2 },
        ),
        changed: fc.integer({ min: 0, max: 2 }),
      })
      .map(({ changed, changes, jwk }) => (changed === 0 ? { ...jwk, ...changes } : jwk)),
    { maxLength: 4 },
  );

  test('whatever is in it', () => {
    let usable = 0;
    fc.assert(
      fc.property(keySets, (keys) => {
        const text = JSON.stringify({ keys });
        const expected = (parseKeySet(text, every) ?? []).map(({ algorithms, kid }) => ({
          kid,
          algorithms: [...algorithms].sort(),
        }));
        const found = (readKeySet(Buffer.from(text)) ?? []).map(({ algorithms, kid }) => ({
          kid,
          algorithms: [...algorithms].sort(),
        }));
        usable += found.length;
        expect(found).toEqual(expected);
      }),
      { numRuns: 1500, seed: 11 },
    );
    expect(usable).toBeGreaterThan(500);
  });

  test.each([
    '[]',
    '{}',
    '{"keys":{}}',
    '{"keys":[],"keys":[]}',
    'null',
    '',
    JSON.stringify({ keys: Array(101).fill({}) }),
  ])('nor is everything one: %s', (text) => {
    expect(readKeySet(Buffer.from(text))).toBe(undefined);
    expect(parseKeySet(text, every)).toBe(undefined);
  });
});
