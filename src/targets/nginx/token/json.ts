import { interpolatedText, type Piece } from '../token.ts';
import { bare, maxTokenBytes, type NginxToken, quote } from './quote.ts';

/**
 * JSON with variables in it. `pieces` is a JSON string made of text and variables; `numberVariable` is a variable
 * printed outside quotes, for those that always hold a JSON number (`$status`).
 */
export type JsonWithVariables =
  | string
  | number
  | boolean
  | null
  | { readonly pieces: readonly Piece[] }
  | { readonly numberVariable: string }
  | { readonly members: readonly (readonly [name: string, value: JsonWithVariables])[] };

/** Variables whose value is safe inside a JSON string without escaping: fixed alphabets of nginx itself. */
const JSON_SAFE: ReadonlySet<string> = new Set(['request_id', 'gw_request_id', 'status']);

/**
 * A JSON body for `return`. nginx does not escape what a variable holds there, so only variables with a fixed alphabet
 * are let in.
 */
export function jsonBody(value: JsonWithVariables): NginxToken<'interpolated'> {
  return bare('interpolated', quote(interpolatedText(jsonPieces(value, (name) => JSON_SAFE.has(name)))));
}

/**
 * The format of a JSON access log, for `log_format <name> escape=json`, which escapes every variable. One format may
 * be longer than one parameter: nginx joins the parameters without a separator.
 */
export function logFormat(value: JsonWithVariables): readonly NginxToken<'interpolated'>[] {
  const encoded = jsonPieces(value, () => true).flatMap((piece) =>
    piece.kind === 'text'
      ? [...piece.text].map((character) => print(character))
      : [interpolatedText([piece])],
  );
  const tokens: string[] = [];
  let current = '';
  let length = 2;
  for (const part of encoded) {
    const bytes = Buffer.byteLength(quote(part)) - 2;
    if (length + bytes > maxTokenBytes) {
      tokens.push(current);
      current = '';
      length = 2;
    }
    current += part;
    length += bytes;
  }
  return [...tokens, current].map((part) => bare('interpolated', quote(part)));
}

function print(character: string): string {
  return interpolatedText([{ kind: 'text', text: character }]);
}

function jsonPieces(value: JsonWithVariables, safe: (name: string) => boolean): readonly Piece[] {
  if (typeof value !== 'object' || value === null) return [jsonText(value)];
  if ('numberVariable' in value) return [known(value.numberVariable, safe)];
  if ('pieces' in value) {
    const inner = value.pieces.map((piece) => {
      if (piece.kind === 'variable') return known(piece.name, safe);
      return piece.kind === 'text'
        ? { ...piece, text: JSON.stringify(piece.text).slice(1, -1) }
        : { kind: 'text' as const, text: '\\n' };
    });
    return [jsonQuote, ...inner, jsonQuote];
  }
  const members = value.members.flatMap(([name, member], index) => [
    { kind: 'text' as const, text: `${index === 0 ? '' : ','}${JSON.stringify(name)}:` },
    ...jsonPieces(member, safe),
  ]);
  return [{ kind: 'text', text: '{' }, ...members, { kind: 'text', text: '}' }];
}

const jsonQuote: Piece = { kind: 'text', text: '"' };

function jsonText(value: string | number | boolean | null): Piece {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError(`${value} is not a JSON number.`);
  return { kind: 'text', text: JSON.stringify(value) };
}

function known(name: string, safe: (name: string) => boolean): Piece {
  if (safe(name)) return { kind: 'variable', name };
  throw new RangeError(`The variable "${name}" may hold characters that end a JSON string.`);
}
