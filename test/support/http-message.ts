/** Headers in the order and case in which they came; values without surrounding whitespace, bytes as Latin-1. */
export type HeaderList = readonly (readonly [string, string])[];

/** Where the body of an HTTP/1.1 message ends (RFC 9112 §6.3). */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' };

export interface MessageHead {
  readonly startLine: string;
  readonly headers: HeaderList;
  /** Bytes up to and including the empty line. */
  readonly bytes: number;
}

/** Every value of one header, whatever its case. */
export const headerValues = (headers: HeaderList, name: string): readonly string[] =>
  headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value);

/** The head of the message that the buffer begins with; `undefined` while it is incomplete. */
export const readHead = (buffer: Buffer): MessageHead | undefined => {
  const end = buffer.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const [startLine = '', ...lines] = buffer.toString('latin1', 0, end).split('\r\n');
  const headers = lines.map((line): readonly [string, string] => {
    const colon = line.indexOf(':');
    if (colon <= 0) throw new Error(`a header line without a name: ${JSON.stringify(line)}`);
    return [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')];
  });
  return { startLine, headers, bytes: end + 4 };
};

/** The framing that the headers state; `otherwise` where they state none. Throws when they contradict each other. */
export const framingOf = (headers: HeaderList, otherwise: Framing): Framing => {
  const lengths = headerValues(headers, 'content-length');
  const codings = headerValues(headers, 'transfer-encoding');
  if (lengths.length + codings.length > 1) throw new Error('more than one statement of the body length');
  const [length] = lengths;
  if (length !== undefined) {
    if (!/^[0-9]+$/.test(length))
      throw new Error(`a content length that is no number: ${JSON.stringify(length)}`);
    return { kind: 'length', bytes: Number(length) };
  }
  const [coding] = codings;
  if (coding === undefined) return otherwise;
  if (coding.toLowerCase() !== 'chunked')
    throw new Error(`an unknown transfer coding: ${JSON.stringify(coding)}`);
  return { kind: 'chunked' };
};

export interface MessageBody {
  readonly body: Buffer;
  /** Bytes on the wire, chunk lines included. */
  readonly bytes: number;
}

/** The body at `start`; `undefined` while it is incomplete. `ended`: the peer will send nothing more. */
export const readBody = (
  buffer: Buffer,
  start: number,
  framing: Framing,
  ended: boolean,
): MessageBody | undefined => {
  if (framing.kind === 'none') return { body: Buffer.alloc(0), bytes: 0 };
  if (framing.kind === 'chunked') return readChunks(buffer, start);
  if (framing.kind === 'close') {
    return ended ? { body: buffer.subarray(start), bytes: buffer.length - start } : undefined;
  }
  if (buffer.length < start + framing.bytes) return undefined;
  return { body: buffer.subarray(start, start + framing.bytes), bytes: framing.bytes };
};

const readChunks = (buffer: Buffer, start: number): MessageBody | undefined => {
  const parts: Buffer[] = [];
  let at = start;
  for (;;) {
    const lineEnd = buffer.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const line = buffer.toString('latin1', at, lineEnd);
    const size = /^([0-9a-f]+)[ \t]*(;.*)?$/i.exec(line)?.[1];
    if (size === undefined) throw new Error(`a chunk line that is no size: ${JSON.stringify(line)}`);
    const length = Number.parseInt(size, 16);
    at = lineEnd + 2;
    if (length === 0) {
      const bytes = trailersEnd(buffer, at);
      return bytes === undefined ? undefined : { body: Buffer.concat(parts), bytes: bytes - start };
    }
    if (buffer.length < at + length + 2) return undefined;
    parts.push(buffer.subarray(at, at + length));
    at += length + 2;
  }
};

const trailersEnd = (buffer: Buffer, start: number): number | undefined => {
  if (buffer.indexOf('\r\n', start) === start) return start + 2;
  const end = buffer.indexOf('\r\n\r\n', start);
  return end === -1 ? undefined : end + 4;
};
