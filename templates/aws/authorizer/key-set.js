import { isObject, own, readObject } from './json.js';
import { readPublicKey } from './public-key.js';

/*
 * JSON Web Key Sets (RFC 7517 §5). A key that is no public signature key, or a dangerous one, is passed over.
 */

/** No issuer has more; each costs time. */
const maximumKeys = 100;

/** Members of private and symmetric keys (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** The usable keys in bytes: [{kid?, algorithms, key}]; undefined when they are no key set. */
export function readKeySet(bytes) {
  const set = readObject(bytes);
  const list = set === undefined ? undefined : own(set, 'keys');
  if (!Array.isArray(list) || list.length > maximumKeys) return undefined;
  return list.map(usableKey).filter((key) => key !== undefined);
}

function usableKey(jwk) {
  if (!isObject(jwk) || privateMembers.some((member) => Object.hasOwn(jwk, member))) return undefined;
  const kid = own(jwk, 'kid');
  if ((kid !== undefined && (typeof kid !== 'string' || kid === '')) || !verifiesSignatures(jwk))
    return undefined;
  const found = readPublicKey(jwk);
  const stated = own(jwk, 'alg');
  const algorithms = found?.algorithms.filter((one) => stated === undefined || one === stated) ?? [];
  return algorithms.length === 0 ? undefined : { kid, algorithms, key: found.key };
}

/** RFC 7517 §4.2 and §4.3. */
function verifiesSignatures(jwk) {
  const use = own(jwk, 'use');
  const operations = own(jwk, 'key_ops');
  if (use !== undefined && use !== 'sig') return false;
  return operations === undefined || (Array.isArray(operations) && operations.includes('verify'));
}
