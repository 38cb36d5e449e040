import type { Segment } from '../../model/path.ts';
import { type LiteralText, literalText } from './literal-text.ts';

/** The path part of a server or back end URL as literal segments: `/` and `` are none, a trailing slash is dropped. */
export type BasePath =
  | { readonly ok: true; readonly segments: readonly Segment[] /** `` or `/a/b` */; readonly text: string }
  | { readonly ok: false; readonly problem: string };

/** Canonical raw form of a constant path, under the rules of `literalText`. */
export function basePath(written: string): BasePath {
  const segments: Segment[] = [];
  let text = '';
  const trimmed = written.endsWith('/') ? written.slice(0, -1) : written;
  for (const part of trimmed === '' ? [] : trimmed.slice(1).split('/')) {
    const literal = baseSegment(part);
    if (!literal.ok) return literal;
    segments.push({ kind: 'plain', pieces: [{ kind: 'literal', text: literal.text }] });
    text += `/${literal.text}`;
  }
  return { ok: true, segments, text };
}

function baseSegment(part: string): LiteralText {
  if (part === '') return { ok: false, problem: 'an empty segment' };
  if (/[{}?#]/.test(part)) return { ok: false, problem: 'a brace, a question mark or a number sign' };
  const literal = literalText(part);
  if (literal.ok && (literal.text === '.' || literal.text === '..'))
    return { ok: false, problem: 'a dot segment' };
  return literal;
}
