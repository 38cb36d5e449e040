import { closeKind, closeOffset, type Events } from './outline.ts';

const beyondUnicode = /\\U(?!000[0-9a-fA-F]|0010)/;

/**
 * Offset of the first `\\U…` escape beyond U+10FFFF in a double-quoted YAML scalar: js-yaml makes another character of
 * it in silence.
 */
export function findImpossibleEscape(text: string, events: Events): number | undefined {
  if (!beyondUnicode.test(text)) return undefined;
  const open: number[] = [];
  for (const event of events) {
    if (event >= 0) {
      open.push(event);
      continue;
    }
    const start = open.pop() ?? 0;
    if (closeKind(event) !== 'scalar') continue;
    const written = text.slice(start, closeOffset(event));
    if (!/^(?:\s|#[^\r\n]*[\r\n]|[!&]\S*\s)*"/.test(written)) continue;
    for (const found of written.matchAll(/\\(?:U[0-9a-fA-F]{8}|[\s\S])/g)) {
      if (beyondUnicode.test(found[0])) return start + found.index;
    }
  }
  return undefined;
}
