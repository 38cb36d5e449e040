import { hold } from './claims.js';
import { own, readObject } from './json.js';
import { isSignedBy, readJws } from './jws.js';

/*
 * Whether a token holds: the issuer that it names chooses whose key must have signed it. What needs no key is checked
 * first, so that no token that cannot hold makes the gateway look for keys.
 */

/**
 * Verifies a token. authenticator: its data; moment: {now, ttl}; keyFor(header, source, algorithms): a promise of a key,
 * of undefined where none of the known ones can be meant, or of 'unavailable' where there is none that could have signed.
 * A promise of {claims}, 'invalid' or 'unavailable'.
 */
export async function verifyToken(token, { algorithms, issuers, skew }, { now, ttl }, keyFor) {
  const jws = readJws(token);
  if (jws === undefined || !algorithms.includes(own(jws.header, 'alg'))) return 'invalid';
  const claims = readObject(jws.payload);
  const trusted = claims && issuers.find(({ issuer }) => issuer === own(claims, 'iss'));
  if (trusted === undefined || !hold(claims, trusted.audiences, skew, now, ttl)) return 'invalid';
  const key = await keyFor(jws.header, trusted.keys, algorithms);
  if (key === 'unavailable') return key;
  return key !== undefined && isSignedBy(jws, key) ? { claims } : 'invalid';
}
