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

const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|\p{Cs}/gu;
