import { type AddressBytes, formatAddress, isWithin, parseAddress, unmap } from './ip-address.ts';

export type HostProblem = { readonly problem: string; readonly fix?: string };

const OWN = 'Name the host of the server that is meant, by its DNS name or its own address.';
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** Ranges that no URL of a gateway may name (BEHAVIOUR B4), with the bits of their prefix; made when a host is an address. */
const refusedRanges = (): readonly (readonly [AddressBytes, number, string])[] => [
  [[169, 254, 0, 0], 16, 'is a link-local or metadata address'],
  [v6('fe80::'), 10, 'is a link-local address'],
  [v6('fd00:ec2::254'), 128, 'is a metadata address'],
  [[0, 0, 0, 0], 8, 'is an unspecified address'],
  [v6('::'), 128, 'is the unspecified address'],
  [[224, 0, 0, 0], 3, 'is a multicast, reserved or broadcast address'],
  [v6('ff00::'), 8, 'is a multicast address'],
];

/**
 * A host of a URL: lower case, an IPv6 literal in its brackets and canonical text. Names are ASCII letters, digits,
 * hyphens and underscores. Every spelling of a number that a resolver or the WHATWG URL Standard (host parser) takes
 * for an IPv4 address is judged as that address, and refused unless it is plain dotted decimal.
 */
export function parseHost(written: string): { readonly host: string } | HostProblem {
  const host = written.toLowerCase();
  if (host.startsWith('[')) return parseLiteral(host);
  if (host.length > 253 || !host.split('.').every((label) => LABEL.test(label))) {
    return {
      problem: 'has a host that is not a name of ASCII letters, digits, hyphens and dots or an IP address',
    };
  }
  if (/^(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)$/.test(host)) return parseNumeric(host);
  if (host === 'metadata.google.internal') return { problem: 'names a metadata service', fix: OWN };
  return { host };
}

function parseLiteral(host: string): { readonly host: string } | HostProblem {
  const bytes = parseAddress(host.slice(1, -1));
  if (!host.endsWith(']') || bytes === undefined)
    return { problem: 'has a host that is not an IPv6 address' };
  const embedded = [bytes, ...embeddedAddresses(bytes)];
  for (const one of embedded) {
    const refused = refusal(one);
    if (refused !== undefined) return { problem: refused, fix: OWN };
  }
  return { host: `[${formatAddress(bytes)}]` };
}

function parseNumeric(host: string): { readonly host: string } | HostProblem {
  let canonical: string;
  try {
    canonical = new URL(`http://${host}/`).hostname;
  } catch {
    return { problem: 'has a host that ends in a number but is no IPv4 address' };
  }
  const bytes = parseAddress(canonical);
  const refused = bytes === undefined ? undefined : refusal(bytes);
  if (refused !== undefined) return { problem: refused, fix: OWN };
  if (canonical !== host) {
    return {
      problem: 'has an IPv4 address that is not in dotted decimal',
      fix: `Write the host as ${canonical}.`,
    };
  }
  return { host };
}

function refusal(bytes: AddressBytes): string | undefined {
  return refusedRanges().find(([range, bits]) => isWithin(bytes, range, bits))?.[2];
}

/** IPv4 addresses that an IPv6 address leads to: mapped, compatible, NAT64 (RFC 6052) and 6to4 (RFC 3056). */
function embeddedAddresses(bytes: AddressBytes): readonly AddressBytes[] {
  const last = bytes.slice(12);
  if (unmap(bytes).length === 4) return [last];
  if (isWithin(bytes, v6('::'), 96) && !isWithin(bytes, v6('::'), 120)) return [last];
  if (isWithin(bytes, v6('64:ff9b::'), 96)) return [last];
  return isWithin(bytes, v6('2002::'), 16) ? [bytes.slice(2, 6)] : [];
}

/** Loopback as written: `localhost`, 127.0.0.0/8 or ::1 (RFC 8252 §8.3 and RFC 6761 §6.3). */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  const bytes = parseAddress(host.replace(/^\[|\]$/g, ''));
  if (bytes === undefined) return false;
  const plain = unmap(bytes);
  return plain.length === 4 ? plain[0] === 127 : isWithin(plain, v6('::1'), 128);
}

function v6(text: string): AddressBytes {
  return parseAddress(text) ?? [];
}
