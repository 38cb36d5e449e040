/** A key of the root mapping and the 1-based line and column where it stands. */
export interface RootKey {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Puts lines before the `paths` of a YAML text (or before its last key), above the comment that belongs to it. Every
 * other byte stays. With `replace` the lines of an `x-gateway` that is there go away. Returns the text, or why not.
 */
export function insertBlock(
  text: string,
  keys: readonly RootKey[],
  block: readonly string[],
  replace: boolean,
): { readonly text: string } | { readonly reason: string } {
  const anchor =
    keys.find(({ name }) => name === 'paths') ?? keys.findLast(({ name }) => name !== 'x-gateway');
  if (anchor === undefined) return { reason: 'it has no other key at its root' };
  if (keys.some(({ column }) => column !== 1)) {
    return { reason: 'its root is not a block mapping whose keys stand at the beginning of lines' };
  }
  const lines = splitLines(text);
  const endOfLine = lines[0]?.endsWith('\r\n') === true ? '\r\n' : '\n';
  const removed = replace ? spanOf('x-gateway', keys, lines) : undefined;
  const at = aboveComment(anchor.line - 1, lines);
  const added = [...block, ''].map((line) => line + endOfLine);
  const kept = (from: number, to: number): readonly string[] =>
    lines.slice(from, to).filter((_, index) => removed === undefined || !isWithin(from + index, removed));
  return { text: [...kept(0, at), ...added, ...kept(at, lines.length)].join('') };
}

/** Lines with their ends, so that joining them gives the text back. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
}

/** The first line of the comment that stands directly above a line. */
function aboveComment(line: number, lines: readonly string[]): number {
  let at = line;
  while (at > 0 && lines[at - 1]?.startsWith('#') === true) at -= 1;
  return at;
}

interface Span {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

function spanOf(name: string, keys: readonly RootKey[], lines: readonly string[]): Span | undefined {
  const ordered = [...keys].sort((a, b) => a.line - b.line);
  const index = ordered.findIndex((key) => key.name === name);
  const key = ordered[index];
  if (key === undefined) return undefined;
  const next = ordered[index + 1];
  return {
    from: key.line - 1,
    to: next === undefined ? lines.length : aboveComment(next.line - 1, lines),
  };
}

function isWithin(line: number, { from, to }: Span): boolean {
  return line >= from && line < to;
}
