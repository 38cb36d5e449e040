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

/**
 * What is known of a body once it is read. `odd`: its chunks have bare line feeds or superfluous zeros, which a server
 * may refuse or, before it forwards the body in framing of its own, read as this one does.
 */
export interface Body {
  readonly kind: 'complete' | 'truncated' | 'malformed';
  readonly size: number;
  readonly odd: boolean;
}

/** Measures the body that follows the head; bytes behind it belong to the next request. */
export function measureBody(bytes: Uint8Array, framing: Framing): Body {
  if (framing.kind === 'chunked') return measureChunks(bytes);
  if (bytes.length < framing.length) return { kind: 'truncated', size: bytes.length, odd: false };
  return { kind: 'complete', size: framing.length, odd: false };
}

const chunkHead = /^(0*)([0-9A-Fa-f]{1,13})(?:[ \t]*(?:;[^\r\n\0]*)?)$/;
const maximumChunkHead = 4096;

/** RFC 9112 §7.1: size in hex, extensions ignored, a line end after each chunk, then a trailer section. */
function measureChunks(bytes: Uint8Array): Body {
  let offset = 0;
  let size = 0;
  let odd = false;
  for (;;) {
    const line = lineAt(bytes, offset);
    if (line === undefined) {
      return { kind: bytes.length - offset > maximumChunkHead ? 'malformed' : 'truncated', size, odd };
    }
    const [, zeros = '', digits] = chunkHead.exec(line.text) ?? [];
    if (digits === undefined) return { kind: 'malformed', size, odd };
    const length = Number.parseInt(digits, 16);
    odd ||= !line.strict || zeros !== '';
    if (length === 0) return measureTrailers(bytes, line.end, size, odd);
    size += length;
    const behind = line.end + length;
    if (behind >= bytes.length) return { kind: 'truncated', size, odd };
    const end = lineAt(bytes, behind);
    if (end === undefined && bytes.length - behind < 2) return { kind: 'truncated', size, odd };
    if (end === undefined || end.text !== '') return { kind: 'malformed', size, odd };
    odd ||= !end.strict;
    offset = end.end;
  }
}

function measureTrailers(bytes: Uint8Array, start: number, size: number, oddChunks: boolean): Body {
  let offset = start;
  let odd = oddChunks;
  for (;;) {
    const line = lineAt(bytes, offset);
    if (line === undefined) return { kind: 'truncated', size, odd };
    odd ||= !line.strict;
    if (line.text === '') return { kind: 'complete', size, odd };
    if (/[\r\0]/.test(line.text)) return { kind: 'malformed', size, odd };
    odd ||= !/^[^\s:]+:/.test(line.text);
    offset = line.end;
  }
}

interface Line {
  readonly text: string;
  readonly end: number;
  /** Ends with CRLF. */
  readonly strict: boolean;
}

function lineAt(bytes: Uint8Array, offset: number): Line | undefined {
  const feed = bytes.indexOf(0x0a, offset);
  if (feed < 0) return undefined;
  const strict = feed > offset && bytes[feed - 1] === 0x0d;
  const end = strict ? feed - 1 : feed;
  const text = latin1(bytes.subarray(offset, Math.min(end, offset + maximumChunkHead)));
  return { text, end: feed + 1, strict };
}
