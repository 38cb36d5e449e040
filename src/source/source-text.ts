import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import { malformedText } from './diagnostics.ts';

/** The text of a file without its byte order mark. Offsets into it count UTF-16 units. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** Of what the file holds, byte order mark included, in hex; computed when first asked for. */
  readonly sha256: () => string;
  /** Offset of the first unit of every line, in order; computed when first asked for. */
  readonly lineStarts: () => readonly number[];
}

/** 1-based line and column (UTF-16 units). */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Reads bytes as strict UTF-8; a byte order mark is dropped, NUL is refused. */
export function decodeText(file: string, bytes: Uint8Array): SourceText | Diagnostic {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const ascii = isAscii(buffer);
  if (!ascii && !isUtf8(buffer)) {
    return diagnostic(
      malformedText,
      { file, line: firstMalformedLine(buffer), column: 1 },
      { found: 'bytes that are not UTF-8 on this line' },
    );
  }
  // Nothing has to be decoded where every byte is ASCII.
  const source = sourceText(file, ascii ? buffer.toString('latin1') : textOf(buffer), bytes);
  const nul = source.text.indexOf('\0');
  if (nul < 0) return source;
  return diagnostic(malformedText, { file, ...lineColumn(source, nul) }, { found: 'a NUL character' });
}

/** Of sound UTF-8, without its byte order mark. */
function textOf(buffer: Buffer): string {
  const byteOrderMark = buffer.length >= 3 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
  return buffer.toString('utf8', byteOrderMark ? 3 : 0);
}

function sourceText(file: string, text: string, bytes: Uint8Array): SourceText {
  let starts: readonly number[] | undefined;
  let digest: string | undefined;
  return {
    file,
    text,
    sha256: () => {
      digest ??= createHash('sha256').update(bytes).digest('hex');
      return digest;
    },
    lineStarts: () => {
      starts ??= findLineStarts(text);
      return starts;
    },
  };
}

export function lineColumn(source: SourceText, offset: number): LineColumn {
  const starts = source.lineStarts();
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The text of a 1-based line, without its line break; empty when there is no such line. */
export function lineText(source: SourceText, line: number): string {
  const starts = source.lineStarts();
  const start = starts[line - 1];
  if (start === undefined) return '';
  const text = source.text.slice(start, starts[line] ?? source.text.length);
  return text.replace(/(?:\r\n|\n|\r)$/, '');
}

/** Line breaks of YAML 1.2 and of editors: LF, CR LF, CR. */
function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  const breaks = text.includes('\r') ? /\r\n|\n|\r/g : undefined;
  if (breaks === undefined) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (const found of text.matchAll(breaks)) starts.push(found.index + found[0].length);
  return starts;
}

/** A line feed is never a part of a longer UTF-8 sequence, so lines can be checked one by one. */
function firstMalformedLine(buffer: Buffer): number {
  let line = 1;
  let start = 0;
  for (let end = buffer.indexOf(10); end >= 0; end = buffer.indexOf(10, start)) {
    if (!isUtf8(buffer.subarray(start, end))) return line;
    line += 1;
    start = end + 1;
  }
  return line;
}
