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
  /** Some line ends with a bare line feed, which a server may accept (RFC 9112 §2.2). */
  readonly bareLineFeed: boolean;
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
 * Reads the head of an HTTP/1 request strictly (RFC 9112 §3, §5): one space between the parts of the request line, no
 * white space before the colon, no line folding, no bare CR, no NUL. Never throws.
 */
export function parseHead(bytes: Uint8Array): Result<Head> {
  const text = latin1(bytes.subarray(0, 2 * maximumHead));
  const start = /^(?:\r?\n)?/.exec(text)?.[0].length ?? 0;
  const lines: string[] = [];
  let offset = start;
  let bareLineFeed = false;
  for (;;) {
    const feed = text.indexOf('\n', offset);
    const tooLong = (feed < 0 ? text.length : feed + 1) - offset > maximumLine;
    if (tooLong) return lineTooLong(lines.length === 0, text.slice(offset, offset + maximumLine));
    if (feed < 0) return refuse(408, 'request-timeout', 400);
    const ended = feed > offset && text[feed - 1] === '\r';
    const line = text.slice(offset, ended ? feed - 1 : feed);
    if (/[\r\0]/.test(line)) return badRequest();
    bareLineFeed ||= !ended;
    offset = feed + 1;
    if (offset - start > maximumHead) return refuse(431, 'headers-too-large', 400);
    if (line === '' && lines.length > 0) break;
    lines.push(line);
  }
  const [requestLine = '', ...fieldLines] = lines;
  return parseLines(requestLine, fieldLines, offset, bareLineFeed);
}

/** BEHAVIOUR.md P16: the request target makes a first line too long. */
function lineTooLong(first: boolean, line: string): Result<Head> {
  if (!first) return refuse(431, 'headers-too-large', 400);
  return /^[^ ]{0,64} /.test(line) ? refuse(414, 'target-too-long', 400) : badRequest(414);
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const requestLinePattern = new RegExp(`^(${token}) ([^ ]+) HTTP/([0-9])\\.([0-9])$`);
const fieldPattern = new RegExp(`^(${token}):[ \\t]*(.*?)[ \\t]*$`);

function parseLines(
  requestLine: string,
  fieldLines: readonly string[],
  end: number,
  bareLineFeed: boolean,
): Result<Head> {
  const [, method = '', target = '', major, minor = ''] = requestLinePattern.exec(requestLine) ?? [];
  if (major === undefined) return badRequest(405, 421, 501, 505);
  if (major !== '1') return badRequest(505);
  const fields: FieldLine[] = [];
  for (const line of fieldLines) {
    const [, name, value = ''] = fieldPattern.exec(line) ?? [];
    if (name === undefined) return badRequest();
    fields.push({ name, value });
  }
  return accept({ method, target, minorVersion: Number(minor), fields, end, bareLineFeed });
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
