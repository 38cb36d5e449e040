/*
 * Strict JSON (RFC 8259, RFC 7493) for texts that must not be read in two ways. The engine's own parser, which is fast
 * and written in C, keeps the last of several equal keys, accepts half a surrogate pair and has limits of its own on
 * depth: what it reads is compared with the text again.
 */

const maxDepth = 20;

/**
 * The object that the bytes of a Buffer hold; undefined for anything else, malformed UTF-8, a byte order mark, half a
 * surrogate pair, a key twice in one object, `__proto__` as a key, and depth over 20 (the outermost object counts).
 */
function readObject(bytes) {
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8', 0, bytes.length);
  if (!/^[ \t\n\r]*\{/.test(text) || hasHalfPair(text)) return undefined;
  const value = parse(text);
  if (value === undefined) return undefined;
  const structure = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '');
  if (!isPlain(structure)) return undefined;
  return membersIn(value, 1) === structure.split(':').length - 1 ? value : undefined;
}

/** Whether the text between strings holds nothing but JSON: the built-in engine of njs takes `01`, `+1` and `1.` too. */
function isPlain(structure) {
  const others = structure.replace(
    /[[,: \t\n\r]-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?=[\],} \t\n\r])/g,
    '',
  );
  return !/[^{}[\],: \t\n\rtruefalsn]/.test(others);
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
    .replace(/\\\\/g, '')
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
