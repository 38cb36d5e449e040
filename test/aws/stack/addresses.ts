import { BlockList, isIP } from 'node:net';

export interface Address {
  readonly text: string;
  readonly family: 'ipv4' | 'ipv6';
}

/** An address in text form; an IPv4 address inside IPv6 counts as IPv4. */
export function parseAddress(text: string): Address | undefined {
  const plain = text.replace(/^::ffff:(?=[0-9.]+$)/i, '');
  const version = isIP(plain);
  return version === 0 ? undefined : { text: plain, family: version === 4 ? 'ipv4' : 'ipv6' };
}

/** Whether a range in CIDR notation, or a single address, holds an address. */
export function isWithin(address: Address, range: string): boolean {
  const [network = '', length] = range.split('/');
  const parsed = parseAddress(network);
  if (parsed === undefined) throw new Error(`no range of addresses: ${range}`);
  if (parsed.family !== address.family) return false;
  const block = new BlockList();
  block.addSubnet(parsed.text, Number(length ?? (parsed.family === 'ipv4' ? 32 : 128)), parsed.family);
  return block.check(address.text, address.family);
}
