import { makeToken, type Token } from './token.ts';

/**
 * Text in Markdown (CommonMark with GitHub's extensions): shown as it is, never as markup, link or mention. Control and
 * invisible characters become U+FFFD, runs of white space one space, empty text a dash. Safe at any place in a line.
 */
export function markdownText(text: string): Token<'markdown', 'text'> {
  const flat = flatten(text);
  const escaped = flat.replace(/[!-/:-@[-`{-~]/g, (mark, at: number) => {
    const inside = /[A-Za-z0-9]/.test(flat[at - 1] ?? '') && /[A-Za-z0-9]/.test(flat[at + 1] ?? '');
    const plain =
      mark === ',' ||
      ((mark === '-' || mark === '.') && inside && !/^(?:\d+|.*www)$/i.test(flat.slice(0, at)));
    return plain ? mark : `\\${mark}`;
  });
  return makeToken('markdown', 'text', escaped);
}

/**
 * A code span. Text with a backtick or a bar becomes a `code` element of character references, because a bar would end
 * a table's cell even inside a span.
 */
export function markdownCode(text: string): Token<'markdown', 'code'> {
  const flat = flatten(text);
  if (!/[`|]/.test(flat)) return makeToken('markdown', 'code', `\`${flat}\``);
  const references = flat.replace(/[!-/:-@[-`{-~]/g, (mark) => `&#${mark.charCodeAt(0)};`);
  return makeToken('markdown', 'code', `<code>${references}</code>`);
}

function flatten(text: string): string {
  const flat = text.replace(/\s+/gu, ' ').replace(HIDDEN, '\ufffd').trim();
  return flat === '' ? '–' : flat;
}

/** Controls, invisible and bidirectional characters, halves of surrogate pairs. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/gu;
