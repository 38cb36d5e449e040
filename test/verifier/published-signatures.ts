import type { JsonWebKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { VerificationKey } from '../../src/model/authentication.ts';
import { algorithms } from './fixture.ts';

const vectors = new URL('../../../shared/vectors/', import.meta.url);
/** Why there are none; undefined when they are there. */
export const missing = existsSync(vectors) ? undefined : '../shared/vectors is not there';

/** A compact JWS, the keys that a build would take for it, and whether it holds. */
export interface PublishedSignature {
  readonly name: string;
  readonly token: string;
  readonly keys: readonly VerificationKey[];
  readonly valid: boolean;
}
type KeyOfVector = JsonWebKey & {
  readonly kid?: string;
  readonly use?: string;
  readonly key_ops?: readonly string[];
};
interface WycheproofGroup {
  readonly comment: string;
  readonly public?: KeyOfVector;
  readonly tests: readonly {
    readonly tcId: number;
    readonly comment: string;
    readonly jws: unknown;
    readonly result: string;
  }[];
}

/**
 * Verdicts that differ from wycheproof's on purpose: the algorithm that a key states is the only one it verifies, while
 * these vectors sign PS384 with a key stated for PS256 (RFC 8725 §3.1).
 */
const deviations: ReadonlyMap<number, boolean> = new Map([
  [346, false],
  [350, false],
]);

/** The key as a build would take it (BEHAVIOUR.md J20): keys for other uses are left out. */
const keysOf = (jwk: KeyOfVector | undefined): readonly VerificationKey[] => {
  const usable =
    jwk !== undefined && (jwk.use ?? 'sig') === 'sig' && (jwk.key_ops ?? ['verify']).includes('verify');
  if (!usable) return [];
  const { kid, kty, n = '', e = '', crv, x = '', y = '' } = jwk;
  const stated = algorithms.filter((one) => one === jwk['alg']);
  const curve = crv === 'P-384' || crv === 'P-521' ? crv : 'P-256';
  const key: VerificationKey = {
    kid,
    algorithms: stated.length > 0 ? stated : algorithms,
    jwk: kty === 'RSA' ? { kty: 'RSA', n, e } : { kty: 'EC', crv: curve, x, y },
  };
  return [key];
};

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, vectors), 'utf8')) as unknown;

const wycheproof = (): readonly PublishedSignature[] => {
  const { testGroups } = json('wycheproof/json_web_signature_test.json') as {
    testGroups: readonly WycheproofGroup[];
  };
  return testGroups.flatMap((group) =>
    group.tests.flatMap(({ tcId, comment, jws, result }) =>
      group.public === undefined || typeof jws !== 'string'
        ? []
        : [
            {
              name: `wycheproof ${group.comment} ${tcId} ${comment}`,
              token: jws,
              keys: keysOf(group.public),
              valid: deviations.get(tcId) ?? result === 'valid',
            },
          ],
    ),
  );
};

/** RFC 7520 §4.1-4.3 as published by its authors. */
const cookbook = (): readonly PublishedSignature[] =>
  readdirSync(new URL('ietf-jose-cookbook/jws/', vectors))
    .filter((file) => /^4_[123]\./.test(file))
    .sort()
    .map((file) => {
      const example = json(`ietf-jose-cookbook/jws/${file}`) as {
        readonly title: string;
        readonly input: { readonly key: KeyOfVector; readonly alg: string };
        readonly output: { readonly compact: string };
      };
      const keys = keysOf({ ...example.input.key, alg: example.input.alg });
      return { name: `RFC 7520 ${example.title}`, token: example.output.compact, keys, valid: true };
    });

export const publishedSignatures: readonly PublishedSignature[] =
  missing === undefined ? [...wycheproof(), ...cookbook()] : [];
