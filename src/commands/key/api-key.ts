import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Begins every key that gwc makes, so that people and secret scanners recognise one where it should not be. */
const PREFIX = 'gwc_';

/** Bytes of randomness in a key: 256 bits, so a plain hash of it cannot be searched. */
export const KEY_BYTES = 32;

const SHAPE = /^gwc_([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{6})$/;

/** A key of 53 characters: prefix, 32 bytes in base64url, and their CRC-32, which tells a damaged key from a wrong one. */
export function formatKey(secret: Uint8Array): string {
  const body = Buffer.from(secret).toString('base64url');
  return `${PREFIX}${body}${checksum(body)}`;
}

function checksum(body: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64url');
}

/** SHA-256 (hex) over the exact bytes of a key: what `consumers.<name>.keys[].sha256` holds. */
export function hashKey(key: Uint8Array): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The longest key that is hashed: what fits into a header together with others. */
const LONGEST = 4096;

/**
 * A key as it was typed or piped in: its exact bytes without one final line feed, or why no client could send it. Keys
 * of other systems are welcome; one that looks like a key of gwc must have the right checksum.
 */
export function readKey(input: Uint8Array): { readonly key: Uint8Array } | { readonly problem: string } {
  const key = input.at(-1) === 0x0a ? input.subarray(0, -1) : input;
  if (key.length === 0) return { problem: 'is empty' };
  if (key.length > LONGEST) return { problem: `is longer than ${LONGEST} bytes` };
  if (key.at(-1) === 0x0d) return { problem: 'ends with a carriage return' };
  if (key.some((byte) => byte < 0x21 || byte > 0x7e)) {
    return { problem: 'holds a blank, a line feed or another character that no header can carry as it is' };
  }
  const text = Buffer.from(key).toString('latin1');
  if (!text.startsWith(PREFIX)) return { key };
  const [, body = '', check] = SHAPE.exec(text) ?? [];
  return check === checksum(body) ? { key } : { problem: 'begins like a key of gwc and is damaged' };
}
