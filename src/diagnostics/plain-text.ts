/**
 * Text of a document made harmless for a terminal or a log: control characters, escape sequences, bidirectional
 * controls and invisible characters are shown as `\u{…}` (CVE-2021-42574 is why). Tabs become one space so that
 * columns stay right.
 */
export function plainText(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Controls, format characters (bidirectional, zero width), separators, lone surrogates, private use and unassigned. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/gu;
