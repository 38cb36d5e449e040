import { isIPv4, isIPv6 } from 'node:net';
import type { IpRange } from '../model/policy.ts';

/** An address as bytes in network order: 4 of them, or 16. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly bytes: readonly number[];
}

/**
 * Reads an address in text form; IPv4-mapped IPv6 (RFC 4291 §2.5.5.2) counts as IPv4. Undefined for anything else,
 * zone identifiers and IPv4 numbers with leading zeros included.
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (isIPv4(text)) return { family: 4, bytes: text.split('.').map(Number) };
  if (!text.includes(':') || !isIPv6(text) || text.includes('%')) return undefined;
  const bytes = ipv6Bytes(text);
  return isMapped(bytes) ? { family: 4, bytes: bytes.slice(12) } : { family: 6, bytes };
}

function ipv6Bytes(text: string): readonly number[] {
  const [head = '', tail] = text.split('::');
  const left = groups(head);
  if (tail === undefined) return left;
  const right = groups(tail);
  return [...left, ...Array<number>(16 - left.length - right.length).fill(0), ...right];
}

function groups(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

function isMapped(bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => index >= 12 || byte === (index < 10 ? 0 : 0xff));
}

/** Canonical text: dotted decimal, or eight groups of IPv6 in lower case with the longest run of zeros left out. */
export function printIpAddress({ family, bytes }: IpAddress): string {
  return family === 4 ? bytes.join('.') : new URL(`http://[${ipv6Text(bytes)}]/`).hostname.slice(1, -1);
}

function ipv6Text(bytes: readonly number[]): string {
  const text: string[] = [];
  for (let index = 0; index < 16; index += 2) {
    text.push((((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0)).toString(16));
  }
  return text.join(':');
}

/** Whether an address lies in a range of canonical text. */
export function inIpRange(address: IpAddress, range: IpRange): boolean {
  const slash = range.text.indexOf('/');
  const network = parseIpAddress(slash < 0 ? range.text : range.text.slice(0, slash));
  if (network === undefined || network.family !== address.family) return false;
  const length = slash < 0 ? network.bytes.length * 8 : Number(range.text.slice(slash + 1));
  return network.bytes.every((byte, index) =>
    samePrefix(byte, address.bytes[index] ?? 0, length - index * 8),
  );
}

/** Whether the first `bits` bits (none when negative, all eight at most) of two bytes are equal. */
function samePrefix(a: number, b: number, bits: number): boolean {
  if (bits <= 0) return true;
  const shift = Math.max(0, 8 - bits);
  return a >> shift === b >> shift;
}
