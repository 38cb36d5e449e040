import type { IpRange } from '../model/policy.ts';
import { type IpAddress, inIpRange, parseIpAddress, printIpAddress } from '../policy/index.ts';
import { type FieldLine, fieldValues } from './parse-head.ts';

/**
 * The client behind trusted proxies: the rightmost address of X-Forwarded-For that no proxy of ours has, as nginx's
 * real_ip_recursive finds it; a word that is no address ends the search. Undefined when the peer has no IP address.
 */
export function clientAddress(
  peer: string,
  fields: readonly FieldLine[],
  trusted: readonly IpRange[],
): IpAddress | undefined {
  let address = parseIpAddress(peer);
  const words = fieldValues(fields, 'x-forwarded-for')
    .join(',')
    .split(/[ ,]+/)
    .filter((word) => word !== '');
  while (address !== undefined && isWithin(address, trusted)) {
    const word = words.pop();
    const next = word === undefined ? undefined : parseIpAddress(withoutPort(word));
    if (next === undefined) return address;
    address = next;
  }
  return address;
}

/** Whether an address lies in one of the ranges. */
export function isWithin(address: IpAddress, ranges: readonly IpRange[]): boolean {
  return ranges.some((range) => inIpRange(address, range));
}

/** Text of an address for headers and for keys of counters. */
export function addressText(address: IpAddress | undefined, peer: string): string {
  return address === undefined ? peer : printIpAddress(address);
}

function withoutPort(word: string): string {
  return /^\[(.*)\](?::[0-9]{1,5})?$/.exec(word)?.[1] ?? /^([0-9.]+):[0-9]{1,5}$/.exec(word)?.[1] ?? word;
}
