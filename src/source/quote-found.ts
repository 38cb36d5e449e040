const LONGEST = 24;

/** The piece of text at an offset, in quotes, for a message: at most one word or 24 characters. */
export function quoteFound(text: string, offset: number): string {
  if (offset >= text.length) return 'the end of the file';
  const rest = text.slice(offset, offset + LONGEST + 1);
  if (/^[\r\n]/.test(rest)) return 'the end of the line';
  const word = /^(?:[\p{L}\p{N}_$.-]+|[^\r\n])/u.exec(rest)?.[0] ?? rest.slice(0, 1);
  return word.length > LONGEST ? `"${word.slice(0, LONGEST)}…"` : `"${word}"`;
}
