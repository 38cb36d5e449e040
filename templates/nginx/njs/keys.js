import claims from './claims.js';
import json from './json.js';
import jws from './jws.js';
import keySource from './key-source.js';
import strict from './strict.js';

/*
 * Whether a token holds: the issuer that it names chooses whose key must have signed it. What needs no key is checked
 * first, so that no token that cannot hold makes the gateway look for keys.
 */

/**
 * Verifies a token at `now` (Unix seconds). authenticator: its data file; r: the request to the verifier, which asks
 * for keys of other places. {kind: 'valid', claims}, {kind: 'invalid'}, or {kind: 'unavailable'} where the keys that
 * would decide cannot be had.
 */
async function verify(token, authenticator, now, r) {
  const signed = jws.parse(token);
  if (signed === undefined || authenticator.algorithms.indexOf(signed.header.alg) === -1) return invalid;
  const payload = json.readObject(signed.payload);
  const trusted = payload === undefined ? undefined : issuerOf(payload, authenticator.issuers);
  if (trusted === undefined || !claims.hold(payload, trusted, authenticator.clockSkewSeconds, now))
    return invalid;
  const found = await keySource.find(signed.header, trusted.keys, authenticator.algorithms, now, r);
  if (found.kind === 'unavailable') return { kind: 'unavailable' };
  if (found.kind === 'unknown') return invalid;
  const held = await jws.verify(signed, found.key);
  return held ? { kind: 'valid', claims: payload } : invalid;
}

const invalid = { kind: 'invalid' };

/** The only issuer that the token can be of, by its unverified `iss`. */
function issuerOf(payload, issuers) {
  if (!strict.hasOwn(payload, 'iss')) return undefined;
  const found = issuers.filter((one) => one.issuer === payload.iss);
  return found.length === 1 ? found[0] : undefined;
}

/** The payload's bytes of a token whose signature holds, else undefined: the whole signature layer, without claims. */
async function verifyCompact(token, keys) {
  const signed = jws.parse(token);
  const key = signed === undefined ? undefined : jws.keyOf(signed.header, keys);
  if (key === undefined) return undefined;
  const held = await jws.verify(signed, key);
  return held ? signed.payload : undefined;
}

export default { verify, verifyCompact };
