import strict from './strict.js';

/*
 * What a JSON Web Token's claims must say (RFC 7519 §4.1), and how claims are read and written towards a back end.
 */

/** Whether times, issuer and audience of a token's claims hold at `now` (Unix seconds). trusted: {issuer, audiences}. */
function hold(claims, trusted, skew, now) {
  return (
    timesHold(claims, skew, now) &&
    strict.hasOwn(claims, 'iss') &&
    claims.iss === trusted.issuer &&
    audienceHolds(claims, trusted.audiences)
  );
}

function timesHold(claims, skew, now) {
  if (!strict.hasOwn(claims, 'exp') || !isTime(claims.exp) || now >= claims.exp + skew) return false;
  return begun(claims, 'nbf', skew, now) && begun(claims, 'iat', skew, now);
}

function begun(claims, name, skew, now) {
  return !strict.hasOwn(claims, name) || (isTime(claims[name]) && claims[name] <= now + skew);
}

/** Whether times that are stated hold, without skew (RFC 7662 §2.2). */
function isTimely(claims, now) {
  if (strict.hasOwn(claims, 'exp') && !(isTime(claims.exp) && now < claims.exp)) return false;
  return begun(claims, 'nbf', 0, now);
}

function isTime(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

function audienceHolds(claims, audiences) {
  if (!strict.hasOwn(claims, 'aud')) return false;
  const named = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  return named.some((one) => typeof one === 'string' && audiences.indexOf(one) !== -1);
}

/** The value at a path of own members of objects, never of arrays; undefined where it is missing or null. */
function at(claims, path) {
  let value = claims;
  for (let i = 0; i < path.length; i += 1) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !strict.hasOwn(value, path[i]))
      return undefined;
    value = value[path[i]];
  }
  return value === null ? undefined : value;
}

/** Scopes of the first claim that is present, as a list; undefined when none is, or when it holds no words. */
function scopes(claims, authenticator) {
  const paths = authenticator.scopeClaims;
  for (let i = 0; i < paths.length; i += 1) {
    const value = at(claims, paths[i]);
    if (value !== undefined) return words(value);
  }
  return undefined;
}

function roles(claims, authenticator) {
  return words(at(claims, authenticator.roleClaim));
}

/** A string's words, or an array of strings as it is. */
function words(value) {
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return isStrings(value) ? value : undefined;
}

function isStrings(value) {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** Whether every JSON reader takes the number for the same one: beyond the safe integers they do not. */
function isExact(number) {
  return Number.isFinite(number) && (Math.floor(number) !== number || Math.abs(number) <= 9007199254740991);
}

/** The JSON text of a scalar, a string as it is; undefined for anything else. */
function scalarText(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' && isExact(value) ? String(value) : undefined;
}

/** A claim as the text of a header; undefined for what has none: objects, mixed arrays, nothing. */
function headerText(value) {
  if (isStrings(value)) return value.map((one) => encode(one, /^[\x21-\x24\x26-\x2b\x2d-\x7e]*/)).join(',');
  const text = scalarText(value);
  return text === undefined ? undefined : encode(text, /^[\x21-\x24\x26-\x7e]*/);
}

/**
 * Percent-encodes as UTF-8 every byte that is not plain, but for spaces inside: at either end no header field value
 * can hold them (RFC 9110 §5.5).
 */
function encode(text, plain) {
  if (strict.matches(plain, text)) return text;
  const bytes = Buffer.from(text);
  const last = bytes.length - 1;
  let encoded = '';
  for (let i = 0; i <= last; i += 1) {
    const character = String.fromCharCode(bytes[i]);
    const kept = strict.matches(plain, character) || (character === ' ' && i !== 0 && i !== last);
    encoded += kept ? character : `%${bytes.toString('hex', i, i + 1).toUpperCase()}`;
  }
  return encoded;
}

export default { hold, isTimely, audienceHolds, at, scopes, roles, isExact, scalarText, headerText };
