/** What went wrong in a text and where: `offset` counts UTF-16 units from its beginning. */
export interface SyntaxProblem {
  readonly offset: number;
  /** A clause that completes "… : <message>". */
  readonly message: string;
}
export type Parsed<T> =
  | { readonly ok: true; readonly value: T /** Where reading stopped. */; readonly end: number }
  | { readonly ok: false; readonly problem: SyntaxProblem };

export const parsed = <T>(value: T, end: number): Parsed<T> => ({ ok: true, value, end });
export const problemAt = (
  offset: number,
  message: string,
): { readonly ok: false; readonly problem: SyntaxProblem } => ({
  ok: false,
  problem: { offset, message },
});

/** First offset at or after `offset` that holds no space, tab or line end. */
export function skipSpace(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && ' \t\r\n'.includes(text.charAt(end))) end++;
  return end;
}

const word = /[A-Za-z0-9_-]+/y;

/** The run of letters, digits, `_` and `-` at `offset`, possibly empty. */
export function wordAt(text: string, offset: number): string {
  word.lastIndex = offset;
  return word.exec(text)?.[0] ?? '';
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** A quoted string; `offset` is its opening quote. Escapes: `\\ \' \" \n \r \t \uXXXX`. */
export function quotedAt(text: string, offset: number): Parsed<string> {
  const quote = text.charAt(offset);
  let value = '';
  for (let index = offset + 1; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === quote) return wellFormed(value, offset, index + 1);
    if (character < ' ' || character === '\x7f')
      return problemAt(index, 'a control character must be escaped');
    if (character !== '\\') {
      value += character;
      continue;
    }
    const escaped = escapeAt(text, index);
    if (!escaped.ok) return escaped;
    value += escaped.value;
    index = escaped.end - 1;
  }
  return problemAt(offset, `this ${quote} is never closed`);
}

function escapeAt(text: string, offset: number): Parsed<string> {
  const letter = text.charAt(offset + 1);
  if (letter === 'u') {
    const digits = /^[0-9A-Fa-f]{4}/.exec(text.slice(offset + 2, offset + 6))?.[0];
    if (digits === undefined) return problemAt(offset, '\\u needs four hex digits');
    return parsed(String.fromCharCode(Number.parseInt(digits, 16)), offset + 6);
  }
  const plain = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
  return plain === undefined
    ? problemAt(offset, `"\\${letter}" is no escape; write \\\\ for a backslash`)
    : parsed(plain, offset + 2);
}

function wellFormed(value: string, offset: number, end: number): Parsed<string> {
  return /\p{Surrogate}/u.test(value)
    ? problemAt(offset, 'the text holds half a surrogate pair')
    : parsed(value, end);
}
