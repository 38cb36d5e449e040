import keys from './keys.js';
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

/**
 * What a token proves at `now` (Unix seconds): {kind: 'valid', claims}, {kind: 'invalid'} or {kind: 'unavailable'}.
 * r: the request to the verifier.
 */
function verify(token, authenticator, now, r) {
  return keys.verify(token, authenticator, now, r);
}

export default { present, verify };
