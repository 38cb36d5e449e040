import { isObject, own } from './json.js';

/*
 * What a JSON Web Token's claims must say (RFC 7519 §4.1), and how claims are read and written towards a back end.
 */

/**
 * Whether times and audience of a token's claims hold at `now` (Unix seconds). The decision may be kept for `ttl`
 * seconds, and must not outlive the token with its skew.
 */
export function hold(claims, audiences, skew, now, ttl) {
  const exp = own(claims, 'exp');
  if (!isTime(exp) || now + ttl >= exp + skew) return false;
  return hasBegun(claims, 'nbf', skew, now) && hasBegun(claims, 'iat', skew, now) && isFor(claims, audiences);
}

/** Whether times that are stated hold, without skew (RFC 7662 §2.2). */
export function areTimely(claims, now) {
  const exp = own(claims, 'exp');
  return (exp === undefined || (isTime(exp) && now < exp)) && hasBegun(claims, 'nbf', 0, now);
}

function hasBegun(claims, name, skew, now) {
  const time = own(claims, name);
  return time === undefined || (isTime(time) && time <= now + skew);
}

function isTime(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Whether the audience names one of these. */
export function isFor(claims, audiences) {
  return [own(claims, 'aud')].flat().some((one) => typeof one === 'string' && audiences.includes(one));
}

/** The value at a path of own members of objects, never of lists; undefined where it is missing or null. */
export function claimAt(claims, path) {
  let value = claims;
  for (const step of path) {
    if (!isObject(value)) return undefined;
    value = own(value, step);
  }
  return value ?? undefined;
}

/** Scopes of the first claim that is present; undefined when none is, or when it holds no words. */
export function scopesOf(claims, { scopeClaims }) {
  return wordsOf(scopeClaims.map((path) => claimAt(claims, path)).find((value) => value !== undefined));
}

export function rolesOf(claims, { roleClaim }) {
  return wordsOf(claimAt(claims, roleClaim));
}

/** A string's words, or a list of strings as it is. */
function wordsOf(value) {
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return isStrings(value) ? value : undefined;
}

function isStrings(value) {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** Whether every JSON reader takes the number for the same one: beyond the safe integers they do not. */
export function isExact(number) {
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
}

/** The JSON text of a scalar, a string as it is; undefined for anything else. */
export function scalarText(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' && isExact(value) ? JSON.stringify(value) : undefined;
}

/** A claim as the text of a header; undefined for what has none: objects, mixed lists, nothing. */
export function headerText(value) {
  if (isStrings(value)) return value.map((one) => encode(one).replaceAll(',', '%2C')).join(',');
  const text = scalarText(value);
  return text === undefined ? undefined : encode(text);
}

/**
 * Percent-encodes as UTF-8 all but visible ASCII and spaces inside: at either end no header field value can hold them
 * (RFC 9110 §5.5).
 */
function encode(text) {
  return text.replace(/[^\x20-\x24\x26-\x7e]/gu, encodeURIComponent).replace(/^ | $/g, '%20');
}
