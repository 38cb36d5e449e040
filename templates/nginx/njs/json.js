import strict from './strict.js';

/*
 * A strict JSON reader over UTF-8 bytes (RFC 8259, RFC 7493). The engine's own parser keeps the last of several equal
 * keys, repairs what is not Unicode and is limited in depth by its stack; a token must not be read in two ways.
 * Refused: a byte order mark, malformed UTF-8, unpaired surrogates, equal keys, `__proto__`, depth over 20.
 * Every function returns undefined where the text is refused: no JSON value is undefined.
 */

const maxDepth = 20;
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/;
const quote = 0x22;
const backslash = 0x5c;
const simpleEscapes = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** The object that the bytes of a Buffer hold, without prototype; undefined when they hold anything else. */
function readObject(bytes) {
  if (!isUtf8(bytes)) return undefined;
  const reader = { bytes: bytes, at: 0 };
  skipSpace(reader);
  if (bytes[reader.at] !== 0x7b) return undefined;
  const value = readValue(reader, 1);
  if (value === undefined) return undefined;
  skipSpace(reader);
  return reader.at === bytes.length ? value : undefined;
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

function skipSpace(reader) {
  const bytes = reader.bytes;
  let at = reader.at;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
  reader.at = at;
}

function readValue(reader, depth) {
  switch (reader.bytes[reader.at]) {
    case 0x7b:
      return depth > maxDepth ? undefined : readMembers(reader, depth);
    case 0x5b:
      return depth > maxDepth ? undefined : readItems(reader, depth);
    case quote:
      return readString(reader);
    case 0x74:
      return readWord(reader, 'true', true);
    case 0x66:
      return readWord(reader, 'false', false);
    case 0x6e:
      return readWord(reader, 'null', null);
    default:
      return readNumber(reader);
  }
}

function readMembers(reader, depth) {
  const members = Object.create(null);
  reader.at += 1;
  skipSpace(reader);
  if (take(reader, 0x7d)) return members;
  for (;;) {
    const name = reader.bytes[reader.at] === quote ? readString(reader) : undefined;
    if (name === undefined || name === '__proto__') return undefined;
    if (strict.hasOwn(members, name)) return undefined;
    skipSpace(reader);
    if (!take(reader, 0x3a)) return undefined;
    skipSpace(reader);
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    members[name] = value;
    skipSpace(reader);
    if (take(reader, 0x7d)) return members;
    if (!take(reader, 0x2c)) return undefined;
    skipSpace(reader);
  }
}

function readItems(reader, depth) {
  const items = [];
  reader.at += 1;
  skipSpace(reader);
  if (take(reader, 0x5d)) return items;
  for (;;) {
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    items.push(value);
    skipSpace(reader);
    if (take(reader, 0x5d)) return items;
    if (!take(reader, 0x2c)) return undefined;
    skipSpace(reader);
  }
}

function take(reader, byte) {
  if (reader.bytes[reader.at] !== byte) return false;
  reader.at += 1;
  return true;
}

function readWord(reader, word, value) {
  const end = reader.at + word.length;
  if (reader.bytes.toString('utf8', reader.at, Math.min(end, reader.bytes.length)) !== word) return undefined;
  reader.at = end;
  return value;
}

function readNumber(reader) {
  const bytes = reader.bytes;
  let end = reader.at;
  while (end < bytes.length && isNumberByte(bytes[end])) end += 1;
  const text = bytes.toString('utf8', reader.at, end);
  if (!strict.matches(number, text)) return undefined;
  reader.at = end;
  return Number(text);
}

/** Digits, sign, point and exponent. */
function isNumberByte(byte) {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2d ||
    byte === 0x2b ||
    byte === 0x2e ||
    byte === 0x65 ||
    byte === 0x45
  );
}

function readString(reader) {
  const bytes = reader.bytes;
  let text = '';
  let start = reader.at + 1;
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === quote) {
      reader.at = at + 1;
      return text + bytes.toString('utf8', start, at);
    }
    if (byte < 0x20) return undefined;
    if (byte === backslash) {
      text += bytes.toString('utf8', start, at);
      reader.at = at + 1;
      const escaped = readEscape(reader);
      if (escaped === undefined) return undefined;
      text += escaped;
      at = reader.at;
      start = at;
    } else at += 1;
  }
  return undefined;
}

function readEscape(reader) {
  const letter = String.fromCharCode(reader.bytes[reader.at]);
  reader.at += 1;
  if (letter === 'u') return readUnicodeEscape(reader);
  return strict.hasOwn(simpleEscapes, letter) ? simpleEscapes[letter] : undefined;
}

/** Surrogates only as a pair: the built-in engine cannot hold one alone. */
function readUnicodeEscape(reader) {
  const unit = readHexUnit(reader);
  if (unit === undefined || (unit >= 0xdc00 && unit <= 0xdfff)) return undefined;
  if (unit < 0xd800 || unit > 0xdbff) return String.fromCodePoint(unit);
  if (!take(reader, backslash) || !take(reader, 0x75)) return undefined;
  const low = readHexUnit(reader);
  if (low === undefined || low < 0xdc00 || low > 0xdfff) return undefined;
  return String.fromCodePoint(0x10000 + (unit - 0xd800) * 0x400 + (low - 0xdc00));
}

function readHexUnit(reader) {
  const end = reader.at + 4;
  if (end > reader.bytes.length) return undefined;
  const digits = reader.bytes.toString('utf8', reader.at, end);
  if (!strict.matches(/^[0-9a-fA-F]{4}/, digits)) return undefined;
  reader.at = end;
  return parseInt(digits, 16);
}

export default { readObject, isUtf8 };
