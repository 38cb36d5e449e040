import { isIPv4, isIPv6 } from 'node:net';

/*
 * Internet addresses, for gateways that ask for them. As bytes they are 4 or 16; IPv4-mapped IPv6 (RFC 4291 §2.5.5.2)
 * counts as IPv4.
 */

/**
 * Text of the client's address; undefined when it is not known. `how` is {kind: 'peer'}, {kind: 'header', name} where
 * somebody in front who cannot be passed by sets that header, or {kind: 'forwarded', trusted} with the ranges of
 * proxies: the client is then the rightmost address of X-Forwarded-For that none of them has. API Gateway adds the
 * peer's own address to that header.
 */
function clientAddress(how, peer, valuesOf) {
  if (how.kind === 'header') {
    const [only, ...others] = valuesOf(how.name);
    return others.length > 0 ? undefined : canonical(only ?? '');
  }
  return how.kind === 'peer'
    ? canonical(peer)
    : behindProxies(how.trusted, peer, valuesOf('x-forwarded-for'));
}

function behindProxies(trusted, peer, values) {
  let address = parse(peer);
  const words = values.join(',').split(/[ ,]+/).filter(Boolean);
  while (address !== undefined && trusted.some((range) => isIn(address, range))) {
    const next = parse(withoutPort(words.pop() ?? ''));
    if (next === undefined) break;
    address = next;
  }
  return address && print(address);
}

function canonical(text) {
  const bytes = parse(text);
  return bytes && print(bytes);
}

function withoutPort(word) {
  return /^\[(.*)\](?::[0-9]{1,5})?$/.exec(word)?.[1] ?? /^([0-9.]+):[0-9]{1,5}$/.exec(word)?.[1] ?? word;
}

/** Whether an address lies in one of the ranges; 'unknown' for what is no address. */
function isInRanges(text, ranges) {
  const address = parse(text ?? '');
  return address === undefined ? 'unknown' : ranges.some((range) => isIn(address, range));
}

/** The bytes of an address in text form; undefined for anything else, zones and leading zeros of IPv4 included. */
function parse(text) {
  if (isIPv4(text)) return text.split('.').map(Number);
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const [head, tail] = text.split('::');
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const bytes = [...left, ...Array(16 - left.length - right.length).fill(0), ...right];
  return bytes.every((byte, index) => index >= 12 || byte === (index < 10 ? 0 : 0xff))
    ? bytes.slice(12)
    : bytes;
}

function groups(text) {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** Whether the address lies in a range `<network>/<length>`: the first bits are equal. */
function isIn(bytes, range) {
  const [network, length] = range.split('/');
  const start = parse(network);
  if (bytes.length !== start.length) return false;
  return bytes.every((byte, index) => {
    const shift = 8 - Math.max(0, Math.min(8, Number(length) - index * 8));
    return byte >> shift === start[index] >> shift;
  });
}

/** Canonical text (RFC 5952). */
function print(bytes) {
  if (bytes.length === 4) return bytes.join('.');
  const text = Array.from({ length: 8 }, (_, i) => (bytes[2 * i] * 256 + bytes[2 * i + 1]).toString(16));
  return new URL(`http://[${text.join(':')}]/`).hostname.slice(1, -1);
}

PARTS.addresses = { clientAddress, isInRanges };
