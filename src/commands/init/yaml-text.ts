import { plainText } from '../../diagnostics/plain-text.ts';

/** Code points of a document's text that a comment shows. */
const SHOWN = 200;

/** Text of a document on one line of a comment: no line feed, control or invisible character survives. */
export function commentText(text: string): string {
  const shown = [...plainText(text.slice(0, SHOWN * 8))];
  return shown.length > SHOWN ? `${shown.slice(0, SHOWN).join('')}…` : shown.join('');
}

/** Words that some YAML version takes for something other than a text. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;

/** A text as a YAML scalar: plain where every YAML reader takes it for a text, else in double quotes and ASCII. */
export function scalarText(text: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_.-]{0,120}$/.test(text) && !RESERVED.test(text)) return text;
  if (/^(?:[0-9]{1,12}(?:ms|s|m|h|d)|\/[A-Za-z0-9._~/-]{0,200})$/.test(text)) return text;
  if (/^https?:\/\/[A-Za-z0-9.-]+(?::[0-9]+)?(?:\/[A-Za-z0-9._~-]+)*\/?$/.test(text)) return text;
  return JSON.stringify(text).replace(/[^\x20-\x7e]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** The RFC 9535 query for one place of a document, as a YAML scalar. */
export function pathText(pointer: string): string {
  const tokens = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const steps = tokens.map((token) => `[${asciiJson(token)}]`);
  return `'${`$${steps.join('')}`.replaceAll("'", "''")}'`;
}

/** A JSON string of ASCII characters; JSONPath spells code points beyond U+FFFF as surrogate pairs. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Lines of a comment. */
export function comment(...lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '#' : `# ${line}`));
}

/** Lines moved to the right; empty ones stay empty. */
export function indented(lines: readonly string[], columns: number): readonly string[] {
  const blanks = ' '.repeat(columns);
  return lines.map((line) => (line === '' ? '' : blanks + line));
}

/** What a blank looks like: a field without a value, which no shape of x-gateway accepts. */
export function blank(field: string, hint: string): string {
  return `${field}:  # FILL IN: ${hint}`;
}
