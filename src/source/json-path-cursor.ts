/** A text that is read from left to right; the first fault stays. */
export interface Cursor {
  readonly text: string;
  at: number;
  fault: string | undefined;
  /** Nested parentheses and filters. */
  depth: number;
}

export function fail(cursor: Cursor, fault: string): undefined {
  cursor.fault ??= `${fault} at character ${cursor.at + 1}`;
  return undefined;
}

/** Takes a piece of text when it follows. */
export function take(cursor: Cursor, piece: string): boolean {
  if (!cursor.text.startsWith(piece, cursor.at)) return false;
  cursor.at += piece.length;
  return true;
}

/** Takes what a sticky expression matches. */
export function takeMatch(cursor: Cursor, sticky: RegExp): string | undefined {
  sticky.lastIndex = cursor.at;
  const found = sticky.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

export function skipBlank(cursor: Cursor): void {
  takeMatch(cursor, /[ \t\n\r]*/y);
}

/** An integer within ±(2^53 - 1), without leading zeros and without `-0`. */
export function takeInteger(cursor: Cursor): number | undefined {
  const found = takeMatch(cursor, /-?[0-9]+/y);
  if (found === undefined) return undefined;
  if (!/^(?:0|-?[1-9][0-9]*)$/.test(found) || !Number.isSafeInteger(Number(found))) {
    return fail(cursor, `"${found.slice(0, 32)}" is not an index`);
  }
  return Number(found);
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '/': '/',
  '\\': '\\',
};

/** A string in single or double quotes, RFC 9535 §2.3.1.1. */
export function takeString(cursor: Cursor): string | undefined {
  const quote = cursor.text[cursor.at];
  if (quote !== '"' && quote !== "'") return undefined;
  cursor.at += 1;
  let value = '';
  for (;;) {
    const character = cursor.text[cursor.at];
    if (character === undefined || character < ' ') return fail(cursor, 'a string is not closed');
    cursor.at += 1;
    if (character === quote) break;
    if (character !== '\\') {
      value += character;
      continue;
    }
    const escaped = takeEscape(cursor, quote);
    if (escaped === undefined) return fail(cursor, 'an escape in a string is unknown');
    value += escaped;
  }
  return /\p{Cs}/u.test(value) ? fail(cursor, 'a string holds half of a surrogate pair') : value;
}

function takeEscape(cursor: Cursor, quote: string): string | undefined {
  const hex = takeMatch(cursor, /u[0-9a-fA-F]{4}/y);
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex.slice(1), 16));
  const letter = cursor.text[cursor.at] ?? '';
  cursor.at += 1;
  return letter === quote ? quote : Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
}
