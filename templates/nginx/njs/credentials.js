import claims from './claims.js';
import jws from './jws.js';
import strict from './strict.js';

/*
 * Credentials of a request (RFC 6750 §2.1, and headers and cookies that a document names), and what makes them valid.
 */

/**
 * What a request presents to one authenticator: {kind: 'absent'}, {kind: 'ambiguous'} for more than one place,
 * {kind: 'malformed'} or {kind: 'token', token, fromCookie}.
 */
function present(places, request) {
  const found = [];
  places.forEach((place) => {
    const credential = at(place, request.value(place.input));
    if (credential.kind !== 'absent') found.push(credential);
  });
  if (found.length > 1) return { kind: 'ambiguous' };
  return found.length === 0 ? { kind: 'absent' } : found[0];
}

function at(place, value) {
  if (value === '') return { kind: 'absent' };
  if (place.kind !== 'authorization')
    return { kind: 'token', token: value, fromCookie: place.kind === 'cookie' };
  if (!/^bearer(?:[^!#$%&'*+\-.^_`|~0-9A-Za-z]|$)/i.test(value)) return { kind: 'absent' };
  if (!strict.matches(/^bearer [^ \t,]+/i, value)) return { kind: 'malformed' };
  return { kind: 'token', token: value.slice('bearer '.length), fromCookie: false };
}

/** The claims of a valid token at `now` (Unix seconds), else undefined. The signature, which costs most, comes last. */
async function verify(token, authenticator, now) {
  const signed = jws.read(token, authenticator.keys);
  if (signed === undefined) return undefined;
  const found = claims.read(signed.payload, authenticator, now);
  if (found === undefined) return undefined;
  const held = await jws.verify(signed);
  return held ? found : undefined;
}

export default { present, verify };
