/**
 * Text of Terraform's language (HCL, "HCL Native Syntax Specification", "Templates"). In the JSON syntax every string of
 * an argument is a template, in which `${` begins an expression and `%{` a directive; `$${` and `%%{` stand for
 * themselves.
 */

/** A part of a template: text as it is, or an expression whose value takes its place. */
export type Piece = { readonly text: string } | { readonly expression: string };

/** A string of the JSON syntax. A template that is one expression has the value of it, of whatever type. */
export function template(pieces: readonly Piece[]): string {
  return joined(pieces)
    .map((piece, index, all) => {
      if ('expression' in piece) return `\${${piece.expression}}`;
      return beforeExpression(escaped(piece.text), all[index + 1]);
    })
    .join('');
}

/** The same inside an expression, between quotation marks. */
export function quoted(pieces: readonly Piece[]): string {
  const content = joined(pieces).map((piece, index, all) => {
    if ('expression' in piece) return `\${${piece.expression}}`;
    return beforeExpression(
      escaped(piece.text).replace(/[\\"\u0000-\u001f\u007f]/g, escapeSequence),
      all[index + 1],
    );
  });
  return `"${content.join('')}"`;
}

export const text = (value: string): readonly Piece[] => (value === '' ? [] : [{ text: value }]);

/** Neighbouring texts are one: a `$` and a `{` of two pieces would meet otherwise. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if ('text' in piece && last !== undefined && 'text' in last)
      merged[merged.length - 1] = { text: last.text + piece.text };
    else merged.push(piece);
  }
  return merged;
}

/** Terraform keeps strings in Unicode normal form C ("Strings and Templates"), so that it would change any other. */
function escaped(value: string): string {
  if (value.normalize('NFC') !== value || /\p{Surrogate}/u.test(value))
    throw new RangeError(
      `Terraform would change the characters of ${JSON.stringify(value.slice(0, 80))}: it keeps text in Unicode normal form C only`,
    );
  return value.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** A `$` right before an expression would make an escape of it. */
function beforeExpression(content: string, next: Piece | undefined): string {
  return next === undefined ? content : content.replace(/\$+$/, (signs) => `\${"${signs}"}`);
}

function escapeSequence(character: string): string {
  const known: Readonly<Record<string, string>> = {
    '\\': '\\\\',
    '"': '\\"',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
  };
  return known[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
