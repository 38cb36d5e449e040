import { makeToken, type Token } from '../../../render/token.ts';

/** The lexical positions of nginx configuration. Each has one encoder. */
export type Position =
  | 'argument'
  | 'interpolated'
  | 'location'
  | 'mapKey'
  | 'regex'
  | 'word'
  | 'parameter'
  | 'variable'
  | 'number'
  | 'size'
  | 'duration'
  | 'serverName'
  | 'address'
  | 'range'
  | 'path'
  | 'headerName'
  | 'headerValue';

export type NginxToken<P extends Position = Position> = Token<'nginx', P>;

/**
 * nginx reads its configuration through a buffer of 4,096 bytes and refuses a parameter that fills it ("too long
 * parameter"); how much of the buffer a parameter may use depends on where it begins.
 */
export const maxTokenBytes = 4000;

/** Characters that no token carries: controls, invisible and bidirectional controls, halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/u;

/** Spares most text the slow search for the others. */
const PLAIN = /^[ -~]*$/;

/** The text itself; throws a RangeError when it holds a character that no token may carry. */
export function printable(text: string): string {
  const found = PLAIN.test(text) ? null : UNPRINTABLE.exec(text);
  if (found === null) return text;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw new RangeError(`The character U+${code} cannot be written in an nginx configuration.`);
}

/** A token printed as it is; the encoders vouch for it. Refuses what nginx could not read back for its length. */
export function bare<P extends Position>(position: P, encoded: string): NginxToken<P> {
  if (Buffer.byteLength(encoded) > maxTokenBytes) {
    throw new RangeError(`A single nginx parameter holds at most ${maxTokenBytes} bytes.`);
  }
  return makeToken('nginx', position, encoded);
}

/**
 * A double-quoted token. Inside double quotes nginx unescapes `\"`, `\'`, `\\`, `\t`, `\r` and `\n` and keeps every
 * other backslash, so doubling backslashes and escaping quotes and line feeds is complete (ngx_conf_read_token).
 */
export function quoted<P extends Position>(position: P, text: string): NginxToken<P> {
  return bare(position, quote(text));
}

export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
