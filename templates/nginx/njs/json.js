import strict from './strict.js';

/*
 * Strict JSON (RFC 8259, RFC 7493) for texts that must not be read in two ways. The engine's own parser, which is fast
 * and written in C, keeps the last of several equal keys, accepts half a surrogate pair and has limits of its own on
 * depth: what it reads is compared with the text again.
 */

const maxDepth = 20;

/** Every token of JSON. One match of the whole text costs little; many matches in njs 0.7.9 cost their square. */
const tokens =
  /^[{}[\],: \t\n\r]+(?:(?:"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)[{}[\],: \t\n\r]+)*/;

/**
 * The object that the bytes of a Buffer hold; undefined for anything else, malformed UTF-8, a byte order mark, half a
 * surrogate pair, a key twice in one object, `__proto__` as a key, and depth over 20 (the outermost object counts).
 */
function readObject(bytes) {
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8', 0, bytes.length);
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  // The built-in engine of njs takes numbers such as `01`, `+1` and `1.` for JSON.
  if (!strict.matches(tokens, text) || hasHalfPair(text)) return undefined;
  return membersIn(value, 1) === colonsIn(text) ? value : undefined;
}

/** How many members the text of a JSON object has, at any depth. Between two strings there is at most one colon. */
function colonsIn(text) {
  const unescaped = text.split('\\\\').join('').split('\\"').join('');
  const parts = unescaped.split('"');
  let count = 0;
  for (let i = 0; i < parts.length; i += 2) {
    if (parts[i].indexOf(':') !== -1) count += 1;
  }
  return count;
}

/** Whether a Buffer holds well-formed UTF-8: no overlong forms, no surrogates. */
function isUtf8(bytes) {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (_error) {
    return false;
  }
}

/** Whether an escape names a surrogate outside a pair. A backslash that is itself escaped begins no escape. */
function hasHalfPair(text) {
  if (text.indexOf('\\u') === -1) return false;
  const others = text
    .split('\\\\')
    .join('')
    .replace(/\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}/g, '');
  return /\\u[dD][89a-fA-F]/.test(others);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch (_error) {
    return undefined;
  }
}

/**
 * How many members the objects of a value have: fewer than colons in its text where a key occurs twice. NaN, which
 * equals no number, for a value too deep or with a key `__proto__`.
 */
function membersIn(value, depth) {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > maxDepth) return NaN;
  let count = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) {
      if (typeof value[i] === 'object') count += membersIn(value[i], depth + 1);
    }
    return count;
  }
  const names = Object.keys(value);
  for (let i = 0; i < names.length; i += 1) {
    if (names[i] === '__proto__') return NaN;
    count += 1 + membersIn(value[names[i]], depth + 1);
  }
  return count;
}

export default { readObject, isUtf8 };
