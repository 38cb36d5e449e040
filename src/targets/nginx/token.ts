import { bare, type NginxToken, printable, quote, quoted } from './token/quote.ts';

/**
 * Encoders of nginx configuration: one for each lexical position, each encodes the whole text or throws a RangeError
 * whose message is one sentence. What comes from a document is checked with `refusalOf` while a diagnostic can still
 * be raised; a throw while a view is built is a bug in gwc. No token contains a line feed.
 */

/** Part of an interpolated argument: literal text, a variable of nginx or of the gateway, or the separator of cache keys. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'lineFeed' };

/** Literal text; `$` and everything else stands for itself. */
export function text(value: string): Piece {
  return { kind: 'text', text: value };
}

/** The value of a variable, named without `$`. The name is chosen by gwc, never by a document. */
export function variable(name: string): Piece {
  return { kind: 'variable', name: variableText(name) };
}

/** The value of a request header field: `X-Request-Id` is `$http_x_request_id`. */
export function requestHeader(name: string): Piece {
  if (!/^[A-Za-z0-9-]+$/.test(name)) {
    throw new RangeError(
      `The request header "${name}" has no nginx variable: only letters, digits and "-" map to one.`,
    );
  }
  return variable(`http_${name.toLowerCase().replaceAll('-', '_')}`);
}

/** A line feed in the value (written as the escape `\n`): separates the parts of a cache key, where none can occur. */
export const lineFeed: Piece = { kind: 'lineFeed' };

/** The variable that holds one dollar sign, for nginx has no escape for it: `geo $gw_dollar { default "$"; }`. */
const dollarVariable = 'gw_dollar';

/** An argument in which nginx expands no variables. Always quoted. */
export function argument(value: string): NginxToken<'argument'> {
  return quoted('argument', printable(value));
}

/** An argument in which nginx expands variables: return, set, map results, log, limit and cache keys, proxy_pass. */
export function interpolated(...pieces: readonly Piece[]): NginxToken<'interpolated'> {
  return bare('interpolated', quote(interpolatedText(pieces)));
}

/** The unquoted text of interpolated pieces. Literal dollars become the dollar variable. */
export function interpolatedText(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'lineFeed') return '\n';
      if (piece.kind === 'variable') return `\${${variableText(piece.name)}}`;
      return printable(piece.text).replaceAll('$', `\${${dollarVariable}}`);
    })
    .join('');
}

/**
 * The path of an exact or prefix location. nginx compares it, case-sensitively, with the percent-decoded path in which
 * dot segments are resolved and slashes merged: a path that these would change never matches and is refused. So is one
 * of more than 255 bytes: nginx keeps the length of a location in one byte and would match some other path.
 */
export function locationPath(path: string): NginxToken<'location'> {
  if (!path.startsWith('/')) throw new RangeError(`The location "${path}" does not begin with "/".`);
  if (/\/\.{0,2}\//.test(path) || /\/\.{1,2}$/.test(path)) {
    throw new RangeError(
      `The location "${path}" never matches: nginx resolves dot segments and merges slashes first.`,
    );
  }
  if (Buffer.byteLength(path) > 255) throw new RangeError('The path of a location holds at most 255 bytes.');
  return quoted('location', printable(path));
}

/** A named location: `@gw_unauthenticated`. */
export function namedLocation(name: string): NginxToken<'location'> {
  return bare('location', `@${word(name).string}`);
}

/**
 * A text key of a map, taken literally. nginx compares keys without regard to case, so keys that differ only in case
 * clash (`foldMapKey` gives what they are compared by); use a regex where case decides.
 */
export function mapKey(value: string): NginxToken<'mapKey'> {
  const special = /^[~\\!]/.test(value) || /^(?:default|hostnames|include|volatile)$/.test(value);
  return quoted('mapKey', `${special ? '\\' : ''}${printable(value)}`);
}

/** What nginx compares map keys by: ASCII letters in lower case. */
export function foldMapKey(value: string): string {
  return value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** A name or keyword made by gwc: variables' owners, zones, upstreams, `on`, protocols, cipher lists. Unquoted. */
export function word(value: string): NginxToken<'word'> {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.:-]*$/.test(value)) {
    throw new RangeError(`"${value}" is not a word: letters, digits, "_", ".", ":" and "-" only.`);
  }
  return bare('word', value);
}

/** `name=value`: `zone=gw_limit_1:1m`, `rate=10r/s`, `weight=3`. Unquoted. */
export function parameter(name: string, value: string | number): NginxToken<'parameter'> {
  if (!/^[a-z_]+$/.test(name)) throw new RangeError(`"${name}" is not the name of a parameter.`);
  if (!/^[A-Za-z0-9_./:-]+$/.test(String(value))) {
    throw new RangeError(
      `"${value}" is not a value of a parameter: letters, digits, "_", ".", "/", ":" and "-" only.`,
    );
  }
  return bare('parameter', `${name}=${value}`);
}

/** `$name`, where a directive defines or tests a variable (map, geo, set, if, js_set, auth_request_set). */
export function variableName(name: string): NginxToken<'variable'> {
  return bare('variable', `$${variableText(name)}`);
}

function variableText(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    throw new RangeError(`"${name}" is not the name of a variable.`);
  return name;
}

/** A count, not negative. */
export function number(value: number): NginxToken<'number'> {
  return bare('number', digits(value));
}

/** A size in bytes. */
export function size(bytes: number): NginxToken<'size'> {
  return bare('size', digits(bytes));
}

/**
 * A time span in milliseconds, printed in whole seconds where it is one. Directives that count in seconds
 * (proxy_cache_valid, expires, valid=) accept only those. At most 2^31 - 1 ms (nginx: 597 hours).
 */
export function duration(milliseconds: number): NginxToken<'duration'> {
  if (milliseconds > 2_147_483_647) throw new RangeError('A time span in nginx is shorter than 597 hours.');
  const whole = milliseconds % 1000 === 0;
  return bare('duration', whole ? `${digits(milliseconds / 1000)}s` : `${digits(milliseconds)}ms`);
}

function digits(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${value} is not a whole number from 0 on.`);
  return String(value);
}

/** A file or folder, absolute or relative to the folder of the configuration. */
export function filePath(path: string): NginxToken<'path'> {
  const allowed = /^[A-Za-z0-9._/-]+$/.test(path) && /[./]/.test(path) && !path.startsWith('-');
  if (!allowed || path.split('/').includes('..')) {
    throw new RangeError(
      `The path "${path}" cannot be used: letters, digits, ".", "_", "/" and "-" only, and no ".." segment.`,
    );
  }
  return quoted('path', path);
}

/** A field name (RFC 9110 §5.1: token), without `$`, which nginx would expand in some directives. */
export function headerName(name: string): NginxToken<'headerName'> {
  if (!/^[A-Za-z0-9!#%&'*+.^_`|~-]+$/.test(name))
    throw new RangeError(`"${name}" is not the name of a header.`);
  return quoted('headerName', name);
}

/**
 * A field value in which nginx expands variables: visible ASCII and inner spaces (RFC 9110 §5.5). An empty value is
 * refused, for nginx would drop the header.
 */
export function headerValue(...pieces: readonly Piece[]): NginxToken<'headerValue'> {
  if (pieces.some((piece) => piece.kind === 'lineFeed'))
    throw new RangeError('A header value holds no line feed.');
  const encoded = interpolatedText(pieces);
  if (encoded === '') throw new RangeError('A header value is not empty.');
  if (!/^[ -~]*$/.test(encoded))
    throw new RangeError('A header value holds visible ASCII characters and spaces only.');
  if (encoded.startsWith(' ') || encoded.endsWith(' ')) {
    throw new RangeError('A header value neither begins nor ends with a space.');
  }
  return quoted('headerValue', encoded);
}

/** Why an encoder refuses a value, as a sentence; undefined when it does not. */
export function refusalOf(encode: () => unknown): string | undefined {
  try {
    encode();
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
