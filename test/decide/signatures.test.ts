import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { verifyJws } from '../../src/decide/verify-token.ts';
import type { AsymmetricAlgorithm, VerificationKey } from '../../src/model/authentication.ts';

const vectors = new URL('../../../shared/vectors/', import.meta.url);
const wycheproof = new URL('wycheproof/json_web_signature_test.json', vectors);
const cookbook = new URL('ietf-jose-cookbook/jws/', vectors);

const algorithms: readonly AsymmetricAlgorithm[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
];
const byKind: Readonly<Record<string, readonly AsymmetricAlgorithm[]>> = {
  RSA: algorithms.filter((one) => !one.startsWith('ES')),
  'P-256': ['ES256'],
  'P-384': ['ES384'],
  'P-521': ['ES512'],
};

interface Jwk {
  readonly kty: string;
  readonly alg?: string;
  readonly kid?: string;
  readonly use?: string;
  readonly key_ops?: readonly string[];
  readonly crv?: string;
  readonly n?: string;
  readonly e?: string;
  readonly x?: string;
  readonly y?: string;
}

/** What reading a key set makes of a JWK: its `alg`, else what kty and crv allow; nothing for another use. */
const keyOf = ({ alg, crv, e, key_ops, kid, kty, n, use, x, y }: Jwk): VerificationKey => {
  const fitting = byKind[crv ?? kty] ?? [];
  const usable = (use ?? 'sig') === 'sig' && (key_ops === undefined || key_ops.includes('verify'));
  const allowed = usable ? fitting.filter((one) => alg === undefined || one === alg) : [];
  const jwk = kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y };
  return { kid, algorithms: allowed, jwk: jwk as VerificationKey['jwk'] };
};

interface Group {
  readonly comment: string;
  readonly public?: Jwk;
  readonly tests: readonly {
    readonly tcId: number;
    readonly comment: string;
    readonly jws: string | object;
    readonly result: string;
  }[];
}

/** Signatures that these vectors call valid and a gateway refuses on purpose. */
const deviations: ReadonlyMap<number, string> = new Map([
  [346, 'the key is for PS256 only, the token says PS384 (J8)'],
  [350, 'the key is for PS256 only, the token says PS384 (J8)'],
  [347, 'the key names an algorithm "ES521", which RFC 7518 does not have'],
  [351, 'the key names an algorithm "ES521", which RFC 7518 does not have'],
]);

describe.skipIf(!existsSync(wycheproof))(
  'Wycheproof, asymmetric algorithms (J6-J8, J17, J19-J21; skipped without ../shared)',
  () => {
    const { testGroups } = existsSync(wycheproof)
      ? JSON.parse(readFileSync(wycheproof, 'utf8'))
      : { testGroups: [] };
    const groups = (testGroups as readonly Group[]).filter((group) => group.public !== undefined);
    const cases = groups.flatMap(({ comment: group, public: key, tests }) =>
      tests.map((one) => ({ ...one, group, key })),
    );
    test.each(cases)('$tcId $group: $comment', ({ jws, key, result, tcId }) => {
      const payload =
        typeof jws === 'string' && key !== undefined ? verifyJws(jws, [keyOf(key)], algorithms) : undefined;
      expect(payload !== undefined).toBe(result === 'valid' && !deviations.has(tcId));
    });
  },
);

describe.skipIf(!existsSync(cookbook))('RFC 7520, compact signatures (skipped without ../shared)', () => {
  const files = existsSync(cookbook) ? readdirSync(cookbook).sort() : [];
  const examples = files.map((file) => ({
    file,
    ...JSON.parse(readFileSync(new URL(file, cookbook), 'utf8')),
  }));
  const positive = examples.filter(
    ({ input, output }) => ['RSA', 'EC'].includes(input.key?.kty) && output.compact !== undefined,
  );
  test.each(positive)('$file', ({ input, output }) => {
    expect(verifyJws(output.compact, [keyOf(input.key)], algorithms)?.toString('utf8')).toBe(input.payload);
    const last = output.compact.at(-10) === 'A' ? 'B' : 'A';
    expect(
      verifyJws(
        `${output.compact.slice(0, -10)}${last}${output.compact.slice(-9)}`,
        [keyOf(input.key)],
        algorithms,
      ),
    ).toBeUndefined();
  });
  test('there are some', () => {
    expect(positive.length).toBeGreaterThanOrEqual(3);
  });
});
