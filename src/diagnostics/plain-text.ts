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

const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|\p{Cs}/gu;
