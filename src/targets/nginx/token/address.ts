import { bare, type NginxToken, quoted } from './quote.ts';

/**
 * A name of a server: a host name in lower case, an IPv4 address or an IPv6 address in brackets. Wildcards, a leading
 * dot and `~` would make nginx match more hosts and are refused.
 */
export function serverName(host: string): NginxToken<'serverName'> {
  return quoted('serverName', hostText(host));
}

/** `host:port`, for `listen` and for the servers of an upstream. Quoted. */
export function address(host: string, port: number): NginxToken<'address'> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new RangeError(`${port} is not a port: 1 to 65535.`);
  }
  return quoted('address', `${hostText(host)}:${port}`);
}

/** An address or a CIDR range, for allow, deny, geo and set_real_ip_from. Unquoted. */
export function range(text: string): NginxToken<'range'> {
  const [host = '', length, ...more] = text.split('/');
  const bits = isIpv4(host) ? 32 : isIpv6(host) ? 128 : undefined;
  const lengthFits =
    length === undefined || (/^(?:0|[1-9]\d{0,2})$/.test(length) && Number(length) <= (bits ?? 0));
  if (bits === undefined || !lengthFits || more.length > 0) {
    throw new RangeError(`"${text}" is neither an IP address nor a CIDR range.`);
  }
  return bare('range', text);
}

function hostText(host: string): string {
  if (isIpv4(host)) return host;
  if (host.startsWith('[') && host.endsWith(']') && isIpv6(host.slice(1, -1))) return host;
  const labels = host.split('.');
  const name =
    host.length <= 253 && labels.every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));
  // A resolver reads a last label that is a number as part of an IPv4 address (127.1, 0x7f000001, 2130706433).
  const numeric = /^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '');
  if (!name || numeric) {
    throw new RangeError(
      `"${host}" is not a host: a name in lower case, an IPv4 address or [an IPv6 address].`,
    );
  }
  return host;
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}

/** RFC 4291 §2.2, groups in hexadecimal; the dotted form of the last two groups is not used by canonical text. */
function isIpv6(text: string): boolean {
  if (!/^[0-9a-fA-F:]+$/.test(text)) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const count = groups.reduce((sum, half) => sum + half.length, 0);
  return (
    groups.flat().every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) &&
    (halves.length === 2 ? count <= 7 : count === 8)
  );
}
