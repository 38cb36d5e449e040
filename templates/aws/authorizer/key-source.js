import { createPublicKey } from 'node:crypto';
import { chooseKey } from './jws.js';
import { readKeySet } from './key-set.js';
import { unheardOf } from './unheard-of.js';

/*
 * Where the keys of an issuer are: in the gateway's data, at the issuer, whose key set is fetched, or in a secret.
 */

/** RFC 7518 §3.2: a shared secret is at least as long as the hash, in bytes. */
const hashBytes = { HS256: 32, HS384: 48, HS512: 64 };

/** Imported keys of the gateway's data. */
const imported = new WeakMap();
/** Key sets of secrets by the bytes that they were read from. */
const stored = new WeakMap();

/** Finds keys in `keySets` and `secrets`, which the sources number. */
export function keySource(keySets, secrets) {
  const keysOf = async (source, algorithms, now) => {
    switch (source.kind) {
      case 'pinned':
        return source.keys.map(importedKey);
      case 'fetched':
        return keySets[source.keySet].keysAt(now);
      case 'stored':
        return storedKeys(await secrets[source.secret].bytesAt(now));
      case 'shared':
        return sharedKeys(await secrets[source.secret].bytesAt(now), algorithms);
      default:
        return unheardOf(source.kind);
    }
  };

  /** A key that is not known makes the gateway look whether the issuer has new ones. */
  return async (header, source, algorithms, now) => {
    const found = choose(header, await keysOf(source, algorithms, now), algorithms);
    const isUnknown = found === 'unavailable' || (found === undefined && typeof header.kid === 'string');
    if (!isUnknown || source.kind !== 'fetched') return found;
    const keys = keySets[source.keySet];
    return (await keys.renewed(now)) ? choose(header, await keys.keysAt(now), algorithms) : found;
  };
}

function choose(header, keys = [], algorithms) {
  const usable = keys
    .map((key) => ({ ...key, algorithms: key.algorithms.filter((one) => algorithms.includes(one)) }))
    .filter((key) => key.algorithms.length > 0);
  return usable.length === 0 ? 'unavailable' : chooseKey(header, usable);
}

function importedKey(pinned) {
  const { kid, algorithms, jwk } = pinned;
  if (!imported.has(pinned))
    imported.set(pinned, { kid, algorithms, key: createPublicKey({ key: jwk, format: 'jwk' }) });
  return imported.get(pinned);
}

function storedKeys(bytes) {
  if (bytes === undefined) return undefined;
  if (!stored.has(bytes)) stored.set(bytes, readKeySet(bytes));
  return stored.get(bytes);
}

/** A single key without a name, for the algorithms that it is long enough for. */
function sharedKeys(secret, algorithms) {
  if (secret === undefined) return undefined;
  const usable = algorithms.filter((one) => secret.length >= (hashBytes[one] ?? Number.POSITIVE_INFINITY));
  return [{ algorithms: usable, secret }];
}
