import { isIPv4, isIPv6 } from 'node:net';

/** An address as its bytes: 4 or 16. */
export type AddressBytes = readonly number[];

/**
 * Reads dotted decimal IPv4 or RFC 4291 text of IPv6 (no zone identifier). IPv4-mapped IPv6 (`::ffff:0:0/96`) comes
 * back as 16 bytes: `unmap` turns it into IPv4. Undefined when the text is neither.
 */
export function parseAddress(text: string): AddressBytes | undefined {
  if (isIPv4(text)) return text.split('.').map(Number);
  // A name has no colon: asking costs nothing, while the first use of isIPv6 compiles a huge pattern.
  if (!text.includes(':') || text.includes('%') || !isIPv6(text)) return undefined;
  const [head = '', tail] = text.split('::');
  const left = bytesOf(head);
  if (tail === undefined) return left;
  const right = bytesOf(tail);
  return [...left, ...new Array<number>(16 - left.length - right.length).fill(0), ...right];
}

function bytesOf(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

export function isMapped(bytes: AddressBytes): boolean {
  return bytes.length === 16 && MAPPED_PREFIX.every((byte, i) => bytes[i] === byte);
}

export function unmap(bytes: AddressBytes): AddressBytes {
  return isMapped(bytes) ? bytes.slice(12) : bytes;
}

/** Canonical text: dotted decimal, or RFC 5952 (lower case, the longest run of zero groups shortened). */
export function formatAddress(bytes: AddressBytes): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > length) {
      start = i;
      length = end - i;
    }
  }
  const hex = groups.map((group) => group.toString(16));
  if (start === -1) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** True when the first `bits` of the address equal those of the range. */
export function isWithin(address: AddressBytes, range: AddressBytes, bits: number): boolean {
  if (address.length !== range.length) return false;
  return address.every((byte, i) => {
    const mask = maskAt(bits, i);
    return (byte & mask) === ((range[i] ?? 0) & mask);
  });
}

/** The mask of byte `index` for a prefix of `bits`. */
export function maskAt(bits: number, index: number): number {
  const covered = Math.max(0, Math.min(8, bits - 8 * index));
  return (0xff << (8 - covered)) & 0xff;
}
