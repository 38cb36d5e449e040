/** One header field line (RFC 9112 §5): `name` as sent, `value` without optional whitespace, a character for each byte. */
export interface FieldLine {
  readonly name: string;
  readonly value: string;
}

/** Request line and header section. */
export interface Head {
  readonly method: string;
  readonly target: string;
  readonly minorVersion: number;
  readonly fields: readonly FieldLine[];
  /** Where the body begins. */
  readonly end: number;
  /** It has something that a server may read as this one does, or refuse with 400. */
  readonly odd: boolean;
}

/** Why a request never gets as far as a route. */
export interface Refusal {
  readonly status: number;
  readonly alsoAllowed: readonly number[];
  readonly problem: string;
}
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

export function accept<T>(value: T): Result<T> {
  return { ok: true, value };
}
export function refuse(
  status: number,
  problem: string,
  ...alsoAllowed: readonly number[]
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { status, alsoAllowed, problem } };
}
export const badRequest = (
  ...alsoAllowed: readonly number[]
): { readonly ok: false; readonly refusal: Refusal } => refuse(400, 'bad-request', ...alsoAllowed);

/** BEHAVIOUR.md H7: one line, and everything in front of the body. */
const maximumLine = 8192;
const maximumHead = 4 * maximumLine;

/**
 * Reads the head of an HTTP/1 request (RFC 9112 §2-§5). Refused: white space before a colon, line folding, a bare CR, a
 * NUL. Odd, but without two meanings: bare line feeds, several spaces in the request line, a line without a colon, a
 * name that is no token (servers drop the field). Never throws.
 */
export function parseHead(bytes: Uint8Array): Result<Head> {
  const text = latin1(bytes.subarray(0, 2 * maximumHead));
  const start = /^(?:\r?\n)*/.exec(text)?.[0].length ?? 0;
  let odd = start > 0;
  let line = readLine(text, start);
  if (line === undefined)
    return isUnfinished(text, start) ? refuse(408, 'request-timeout', 400) : badFirstLine(text, start);
  const requestLine = parseRequestLine(line.text);
  if (!requestLine.ok) return requestLine;
  odd ||= !line.strict || requestLine.value.odd;
  const fields: FieldLine[] = [];
  for (;;) {
    const offset = line.end;
    line = readLine(text, offset);
    if (line === undefined) {
      return isUnfinished(text, offset)
        ? refuse(408, 'request-timeout', 400)
        : refuse(431, 'headers-too-large', 400);
    }
    if (line.end - start > maximumHead) return refuse(431, 'headers-too-large', 400);
    odd ||= !line.strict;
    if (line.text === '') break;
    const field = parseField(line.text);
    if (field === undefined) return badRequest();
    odd ||= field.odd;
    fields.push({ name: field.name, value: field.value });
  }
  const { method, minorVersion, target } = requestLine.value;
  return accept({ method, target, minorVersion, fields, end: line.end, odd });
}

interface Line {
  readonly text: string;
  readonly end: number;
  /** Ends with CRLF. */
  readonly strict: boolean;
}

/** The line at an offset, or undefined when it is too long or not there yet. */
function readLine(text: string, offset: number): Line | undefined {
  const feed = text.indexOf('\n', offset);
  if (feed < 0 || feed + 1 - offset > maximumLine) return undefined;
  const strict = feed > offset && text[feed - 1] === '\r';
  return { text: text.slice(offset, strict ? feed - 1 : feed), end: feed + 1, strict };
}

function isUnfinished(text: string, offset: number): boolean {
  return !text.includes('\n', offset) && text.length - offset <= maximumLine;
}

/** BEHAVIOUR.md P16: the request target makes a first line too long. */
function badFirstLine(text: string, start: number): Result<Head> {
  return /^[^ ]{0,64} /.test(text.slice(start)) ? refuse(414, 'target-too-long', 400) : badRequest(414);
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const requestLinePattern = new RegExp(`^(${token})( +)([^ \\r\\0]+)( +)HTTP/([0-9])\\.([0-9]{1,2})( *)$`);

interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly minorVersion: number;
  readonly odd: boolean;
}

function parseRequestLine(line: string): Result<RequestLine> {
  const [, method = '', before = '', target = '', behind = '', major, minor = '', end = ''] =
    requestLinePattern.exec(line) ?? [];
  if (major === undefined) return badRequest(405, 421, 501, 505);
  if (major !== '1') return badRequest(505);
  const odd = before.length + behind.length + end.length + minor.length !== 3;
  return accept({ method, target, minorVersion: Number(minor), odd });
}

const tokenPattern = new RegExp(`^${token}$`);

/** A line without a colon counts as a name without a value; undefined for what has several meanings. */
function parseField(line: string): (FieldLine & { readonly odd: boolean }) | undefined {
  if (/[\r\0]/.test(line)) return undefined;
  const colon = line.indexOf(':');
  const name = colon < 0 ? line : line.slice(0, colon);
  if (name === '' || /[\x00-\x20\x7f]/.test(name)) return undefined;
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '');
  const isFraming = /^(?:content-length|transfer-encoding)$/i.test(name);
  return { name, value, odd: colon < 0 || !tokenPattern.test(name) || (isFraming && line.includes('\t')) };
}

/** A character for each byte. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Values of every field line of a name (compared without case), in order. */
export function fieldValues(fields: readonly FieldLine[], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return fields.filter((field) => field.name.toLowerCase() === wanted).map(({ value }) => value);
}
