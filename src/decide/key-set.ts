import type { Algorithm, AsymmetricAlgorithm, VerificationKey } from '../model/authentication.ts';
import { isList, type JsonObject, type JsonValue } from '../policy/index.ts';
import { parseStrictObject } from './json-strict.ts';
import { publicKeyOf } from './public-key.ts';

/** No issuer has more. */
const maximumKeys = 100;

/** Members of private and symmetric keys (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * Keys of a JSON Web Key Set (RFC 7517 §5) that may verify with the allowed algorithms. Keys that BEHAVIOUR.md J20 names
 * are passed over; undefined when the text is no key set, or when no key is left.
 */
export function parseKeySet(
  text: string,
  allowed: readonly Algorithm[],
): readonly VerificationKey[] | undefined {
  const set = parseStrictObject(Buffer.from(text, 'utf8'));
  const list = set === undefined ? undefined : own(set, 'keys');
  if (!isList(list) || list.length > maximumKeys) return undefined;
  const keys = list.flatMap((one) => (isObject(one) ? usableKey(one, allowed) : []));
  return keys.length === 0 ? undefined : keys;
}

function usableKey(jwk: JsonObject, allowed: readonly Algorithm[]): readonly VerificationKey[] {
  if (privateMembers.some((member) => Object.hasOwn(jwk, member))) return [];
  const kid = own(jwk, 'kid');
  if (kid !== undefined && (typeof kid !== 'string' || kid === '')) return [];
  if (!verifiesSignatures(jwk)) return [];
  const key = publicKeyOf(jwk);
  const algorithms = key === undefined ? [] : possibleAlgorithms(key);
  const stated = own(jwk, 'alg');
  const usable = algorithms.filter(
    (one) => (stated === undefined || one === stated) && allowed.includes(one),
  );
  return key === undefined || usable.length === 0 ? [] : [{ kid, algorithms: usable, jwk: key }];
}

/** RFC 7517 §4.2 and §4.3. */
function verifiesSignatures(jwk: JsonObject): boolean {
  const use = own(jwk, 'use');
  const operations = own(jwk, 'key_ops');
  return (
    (use === undefined || use === 'sig') &&
    (operations === undefined || (isList(operations) && operations.includes('verify')))
  );
}

function possibleAlgorithms(key: VerificationKey['jwk']): readonly AsymmetricAlgorithm[] {
  switch (key.kty) {
    case 'RSA':
      return ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
    case 'EC':
      return [({ 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' } as const)[key.crv]];
    case 'OKP':
      return ['EdDSA'];
  }
}

function own(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
