import {
  accept,
  badRequest,
  type FieldLine,
  fieldValues,
  latin1,
  type Result,
  refuse,
} from './parse-head.ts';

/** How the body is delimited (RFC 9112 §6). */
export type Framing = { readonly kind: 'length'; readonly length: number } | { readonly kind: 'chunked' };

/** Reads the framing fields; anything that two servers could read differently is refused (BEHAVIOUR.md H5). */
export function parseFraming(fields: readonly FieldLine[], minorVersion: number): Result<Framing> {
  const codings = fieldValues(fields, 'transfer-encoding');
  const lengths = fieldValues(fields, 'content-length');
  if (codings.length > 0) {
    if (lengths.length > 0) return badRequest(501);
    const [only = ''] = codings;
    if (codings.length > 1 || only.toLowerCase() !== 'chunked') return refuse(501, 'not-implemented', 400);
    return minorVersion === 0 ? badRequest(501) : accept({ kind: 'chunked' });
  }
  if (lengths.length === 0) return accept({ kind: 'length', length: 0 });
  const [only = ''] = lengths;
  if (lengths.length > 1 || !/^[0-9]{1,30}$/.test(only)) return badRequest(413);
  const length = Number(only);
  return Number.isSafeInteger(length)
    ? accept({ kind: 'length', length })
    : refuse(413, 'body-too-large', 400);
}

/** What is known of a body once it is read: its size, or that it ends early or is malformed. */
export type Body =
  | { readonly kind: 'complete'; readonly size: number }
  | { readonly kind: 'truncated'; readonly size: number }
  | { readonly kind: 'malformed'; readonly size: number };

/** Measures the body that follows the head; bytes behind it belong to the next request. */
export function measureBody(bytes: Uint8Array, framing: Framing): Body {
  if (framing.kind === 'chunked') return measureChunks(bytes);
  if (bytes.length < framing.length) return { kind: 'truncated', size: bytes.length };
  return { kind: 'complete', size: framing.length };
}

const chunkHead = /^([0-9A-Fa-f]{1,16})(?:[ \t]*;[^\r\n\0]*)?$/;
const maximumChunkHead = 4096;

/** RFC 9112 §7.1: size in hex, extensions ignored, CRLF after each chunk, then a trailer section. */
function measureChunks(bytes: Uint8Array): Body {
  let offset = 0;
  let size = 0;
  for (;;) {
    const line = lineAt(bytes, offset);
    if (line === undefined) {
      return { kind: bytes.length - offset > maximumChunkHead ? 'malformed' : 'truncated', size };
    }
    const length = Number.parseInt(chunkHead.exec(line.text)?.[1] ?? '', 16);
    if (!Number.isSafeInteger(length)) return { kind: 'malformed', size };
    if (length === 0) return measureTrailers(bytes, line.end, size);
    size += length;
    const after = line.end + length;
    if (after + 2 > bytes.length) return { kind: 'truncated', size };
    if (bytes[after] !== 0x0d || bytes[after + 1] !== 0x0a) return { kind: 'malformed', size };
    offset = after + 2;
  }
}

function measureTrailers(bytes: Uint8Array, start: number, size: number): Body {
  let offset = start;
  for (;;) {
    const line = lineAt(bytes, offset);
    if (line === undefined) return { kind: 'truncated', size };
    if (line.text === '') return { kind: 'complete', size };
    if (!/^[^\s:]+:[^\r\0]*$/.test(line.text)) return { kind: 'malformed', size };
    offset = line.end;
  }
}

function lineAt(
  bytes: Uint8Array,
  offset: number,
): { readonly text: string; readonly end: number } | undefined {
  const feed = bytes.indexOf(0x0a, offset);
  if (feed < 0) return undefined;
  const end = bytes[feed - 1] === 0x0d && feed > offset ? feed - 1 : feed;
  return { text: latin1(bytes.subarray(offset, Math.min(end, offset + maximumChunkHead))), end: feed + 1 };
}
