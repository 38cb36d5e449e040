import jws from './jws.js';
import keySet from './key-set.js';
import keySets from './key-sets.js';
import secretFile from './secret-file.js';
import strict from './strict.js';

/*
 * Where the keys of an issuer are: in the gateway's data, in a file that a deployment brings, or at the issuer, whose
 * key set is fetched and kept.
 */

/** RFC 7518 §3.2: a shared secret is at least as long as the hash, in bytes. */
const hashBytes = { HS256: 32, HS384: 48, HS512: 64 };

/** The keys of the last stored set, for engines whose module state outlives a request: {text, keys}. */
const stored = { text: undefined, keys: undefined };

/**
 * The key that a token's header asks for. source: {kind, …} of an issuer; algorithms: those of the authenticator; now:
 * Unix seconds; r: the request to the verifier. {kind: 'found', key}, {kind: 'unknown'}, or {kind: 'unavailable'} where
 * there is no key that could have signed.
 */
async function find(header, source, algorithms, now, r) {
  if (source.kind === 'fetched') {
    const found = await findFetched(header, source.id, algorithms, now, r);
    return found;
  }
  const keys = await keysOf(source, algorithms, r);
  return choose(header, keys, algorithms);
}

async function keysOf(source, algorithms, r) {
  if (source.kind === 'pinned') return source.keys;
  if (source.kind === 'shared') return sharedKey(secretFile.read(r, source.file), source.file, algorithms, r);
  if (source.kind !== 'stored') throw new Error(`no source of keys is called ${source.kind}`);
  const keys = await storedKeys(secretFile.read(r, source.file), source.file, r);
  return keys;
}

function choose(header, keys, algorithms) {
  const usable = keys === undefined ? [] : keys.filter((key) => verifies(key, algorithms));
  if (usable.length === 0) return { kind: 'unavailable' };
  const key = jws.keyOf(header, usable);
  return key === undefined ? { kind: 'unknown' } : { kind: 'found', key: key };
}

function verifies(key, algorithms) {
  return key.algorithms.some((one) => algorithms.indexOf(one) !== -1);
}

/** A token of a key that is not known makes the gateway look whether the issuer has new ones. */
async function findFetched(header, id, algorithms, now, r) {
  const known = await keySets.known(r, id);
  const found = choose(header, known.keysAt(now), algorithms);
  if (found.kind !== 'unknown' || typeof header.kid !== 'string' || !known.isDueAt(now)) return found;
  const renewed = await keySets.renewed(r, id);
  return choose(header, renewed.keysAt(now), algorithms);
}

/** A shared secret is a single key without a name, for the algorithms that it is long enough for. */
function sharedKey(secret, file, algorithms, r) {
  if (secret === undefined) return undefined;
  const usable = algorithms.filter((one) => strict.hasOwn(hashBytes, one) && secret.length >= hashBytes[one]);
  if (usable.length > 0) return [{ algorithms: usable, secret: secret }];
  r.error(`the secret in "${file}" is too short: ${secret.length} bytes`);
  return undefined;
}

async function storedKeys(bytes, file, r) {
  if (bytes === undefined) return undefined;
  const text = bytes.toString('base64');
  if (stored.text === text) return stored.keys;
  const keys = await keySet.read(bytes);
  if (keys === undefined || keys.length === 0) {
    r.error(`the secret in "${file}" holds no usable key set`);
    return undefined;
  }
  stored.text = text;
  stored.keys = keys;
  return keys;
}

export default { find };
