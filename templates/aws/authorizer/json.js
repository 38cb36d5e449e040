/*
 * Strict JSON (RFC 8259, RFC 7493) for texts that must not be read in two ways. The engine keeps the last of several
 * equal keys and accepts half a surrogate pair: what it reads is compared with the text again.
 */

/** Objects and lists inside each other; the outermost one counts. */
const maxDepth = 20;

/**
 * The object that bytes hold; undefined for anything else, malformed UTF-8, a byte order mark, half a surrogate pair, a
 * key twice in one object, `__proto__` as a key, and depth over 20.
 */
export function readObject(bytes) {
  const text = readUtf8(bytes);
  const value = text === undefined ? undefined : parse(text);
  return isObject(value) && membersIn(value, 1) === colonsIn(text) ? value : undefined;
}

/** Bytes as UTF-8; undefined when they are something else. A byte order mark stays. */
export function readUtf8(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own member; undefined where there is none. */
export function own(object, name) {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How many members the text of a JSON object has, at any depth. Between two strings there is at most one colon. */
function colonsIn(text) {
  const parts = text.replace(/\\./g, '').split('"');
  return parts.filter((part, index) => index % 2 === 0 && part.includes(':')).length;
}

/**
 * How many members the objects of a value have: fewer than colons in its text where a key occurs twice. NaN, which
 * equals no number, for a value that is too deep, has a key `__proto__` or holds half a surrogate pair.
 */
function membersIn(value, depth) {
  if (typeof value === 'string') return value.isWellFormed() ? 0 : Number.NaN;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > maxDepth) return Number.NaN;
  if (Array.isArray(value)) return value.reduce((sum, one) => sum + membersIn(one, depth + 1), 0);
  return Object.keys(value).reduce((sum, name) => {
    const isSound = name !== '__proto__' && name.isWellFormed();
    return sum + (isSound ? 1 + membersIn(value[name], depth + 1) : Number.NaN);
  }, 0);
}
