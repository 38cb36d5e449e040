import type { JsonObject, JsonValue } from '../policy/index.ts';

/** Objects and lists inside each other; the outermost one counts. */
const maximumDepth = 20;

interface Cursor {
  readonly text: string;
  offset: number;
}

/** Thrown inside this file only. */
const failure = Symbol('not strict JSON');

/**
 * Reads a JSON object (RFC 8259) that all readers understand alike: UTF-8 without byte order mark, no member twice at
 * any depth, no `__proto__`, no half surrogate pair, limited depth. Undefined for anything else (BEHAVIOUR.md J18).
 */
export function parseStrictObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const cursor = { text, offset: 0 };
    skipSpace(cursor);
    if (peek(cursor) !== '{') return undefined;
    const value = readObject(cursor, 1);
    skipSpace(cursor);
    return cursor.offset === text.length ? value : undefined;
  } catch (error) {
    if (error === failure || error instanceof TypeError) return undefined;
    throw error;
  }
}

const peek = ({ text, offset }: Cursor): string => text.charAt(offset);

function skipSpace(cursor: Cursor): void {
  while (peek(cursor) !== '' && ' \t\r\n'.includes(peek(cursor))) cursor.offset++;
}

function readToken(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.offset;
  const token = pattern.exec(cursor.text)?.[0];
  if (token === undefined) throw failure;
  cursor.offset += token.length;
  return token;
}

function readValue(cursor: Cursor, depth: number): JsonValue {
  skipSpace(cursor);
  const first = peek(cursor);
  if (first === '{') return readObject(cursor, depth + 1);
  if (first === '[') return readArray(cursor, depth + 1);
  if (first === '"') return readString(cursor);
  return JSON.parse(
    readToken(cursor, /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y),
  );
}

function readObject(cursor: Cursor, depth: number): JsonObject {
  const members = new Map<string, JsonValue>();
  readItems(cursor, depth, '}', () => {
    if (peek(cursor) !== '"') throw failure;
    const name = readString(cursor);
    if (name === '__proto__' || members.has(name)) throw failure;
    skipSpace(cursor);
    readToken(cursor, /:/y);
    members.set(name, readValue(cursor, depth));
  });
  return Object.fromEntries(members);
}

function readArray(cursor: Cursor, depth: number): readonly JsonValue[] {
  const items: JsonValue[] = [];
  readItems(cursor, depth, ']', () => {
    items.push(readValue(cursor, depth));
  });
  return items;
}

/** The items between an opening bracket, at which the cursor stands, and `close`. */
function readItems(cursor: Cursor, depth: number, close: string, readItem: () => void): void {
  if (depth > maximumDepth) throw failure;
  cursor.offset++;
  skipSpace(cursor);
  if (peek(cursor) === close) {
    cursor.offset++;
    return;
  }
  for (;;) {
    skipSpace(cursor);
    readItem();
    skipSpace(cursor);
    if (readToken(cursor, /[,}\]]/y) !== ',') break;
  }
  if (cursor.text.charAt(cursor.offset - 1) !== close) throw failure;
}

function readString(cursor: Cursor): string {
  const text: string = JSON.parse(
    readToken(cursor, /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/y),
  );
  if (/\p{Surrogate}/u.test(text)) throw failure;
  return text;
}
