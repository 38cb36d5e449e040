import { union } from '../combine.ts';
import { integer } from '../scalars.ts';
import type { Shape } from '../shape.ts';
import { type Parsed, text } from '../text.ts';
import { formatAddress, parseAddress } from './ip-address.ts';

export interface SocketAddress {
  /** Canonical; IPv6 in brackets. */
  readonly address: string;
  readonly port: number;
}

export const port: Shape<number> = integer(1, 65_535);

function parseSocket(value: string, defaultPort: number | undefined): Parsed<SocketAddress> {
  const [, literal, plain, digits] = /^(?:\[([^\]]*)\]|([0-9.]*))(?::([0-9]+))?$/.exec(value) ?? [];
  const bytes = parseAddress(literal ?? plain ?? '');
  if (bytes === undefined) return { problem: 'has no valid IP address' };
  const number = digits === undefined ? defaultPort : Number(digits);
  if (
    number === undefined ||
    number < 1 ||
    number > 65_535 ||
    (digits !== undefined && String(number) !== digits)
  ) {
    return { problem: 'has no port from 1 to 65535' };
  }
  const address = formatAddress(bytes);
  return { value: { address: bytes.length === 4 ? address : `[${address}]`, port: number } };
}

const ADDRESS = '(?:[0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}\\])';

const socketAddress: Shape<SocketAddress> = text({
  label: 'address:port',
  pattern: `${ADDRESS}:[0-9]{1,5}`,
  allows: 'an IP address (IPv6 in brackets), a colon and a port',
  example: '127.0.0.1:9000',
  parse: (value) => parseSocket(value, undefined),
});

/** A port alone is a port on loopback. */
export const socket: Shape<number | SocketAddress> = union(port, socketAddress);

/** A DNS server: an address, with an optional port (53 when absent). */
export const nameServer: Shape<string> = text({
  label: 'IP address with optional port',
  pattern: `${ADDRESS}(?::[0-9]{1,5})?`,
  allows: 'an IP address (IPv6 in brackets) with an optional port',
  example: '10.0.0.2',
  parse: (value) => {
    const parsed = parseSocket(value, 53);
    if (!('value' in parsed)) return parsed;
    const { address, port: number } = parsed.value;
    return { value: number === 53 ? address : `${address}:${number}` };
  },
});
