import type { IpRange } from '../../model/policy.ts';
import type { Shape } from '../shape.ts';
import { type Parsed, text } from '../text.ts';
import { type AddressBytes, formatAddress, isMapped, maskAt, parseAddress } from './ip-address.ts';

/**
 * A CIDR range or one address (RFC 4632, RFC 4291), read to canonical text. IPv4-mapped IPv6 is IPv4. Bits behind the
 * prefix are an error: nobody can tell whether the prefix or the address is the mistake.
 */
export const ipRange: Shape<IpRange> = text({
  label: 'CIDR',
  pattern: '[0-9a-fA-F:.]{2,45}(?:/[0-9]{1,3})?',
  allows: 'an IPv4 or IPv6 address with an optional prefix length',
  example: '10.0.0.0/8',
  parse: parseRange,
});

/** As `ipRange`, but a range that covers every address is an error: to trust everybody is to trust nobody. */
export const trustedRange: Shape<IpRange> = text({
  label: 'CIDR',
  pattern: '[0-9a-fA-F:.]{2,45}(?:/[0-9]{1,3})?',
  allows: 'an IPv4 or IPv6 address with an optional prefix length',
  example: '10.0.0.0/8',
  parse: (value) => {
    const parsed = parseRange(value);
    if ('value' in parsed && parsed.value.text.endsWith('/0')) {
      return {
        problem: 'trusts every address, so any caller could forge its own address',
        fix: 'Name the addresses of the proxies in front of the gateway.',
      };
    }
    return parsed;
  },
});

function parseRange(value: string): Parsed<IpRange> {
  const [address = '', prefix] = value.split('/');
  const bytes = parseAddress(address);
  if (bytes === undefined) return { problem: 'is not an IP address or CIDR range' };
  const size = bytes.length * 8;
  const bits = prefix === undefined ? size : Number(prefix);
  if (bits > size || (prefix !== undefined && String(bits) !== prefix)) {
    return { problem: `has a prefix length that is not a number from 0 to ${size}` };
  }
  const network = bytes.map((byte, i) => byte & maskAt(bits, i));
  if (network.some((byte, i) => byte !== bytes[i])) {
    return {
      problem: `has bits set behind the prefix of ${bits}`,
      fix: `Write "${canonical(network, bits).text}" for the network, or "${address}" for the one address.`,
    };
  }
  return { value: canonical(network, bits) };
}

function canonical(network: AddressBytes, bits: number): IpRange {
  if (isMapped(network) && bits >= 96) {
    return { family: 4, text: `${formatAddress(network.slice(12))}/${bits - 96}` };
  }
  return { family: network.length === 4 ? 4 : 6, text: `${formatAddress(network)}/${bits}` };
}
