import type { Shape } from '../shape.ts';
import { type Parsed, type TextFormat, text } from '../text.ts';
import { isLoopback, parseHost } from './host.ts';

/** An absolute http or https URL without userinfo and fragment, taken apart. */
export interface HttpUrl {
  /** As written. */
  readonly text: string;
  readonly scheme: 'http' | 'https';
  /** Lower case; an IPv6 literal keeps its brackets. */
  readonly host: string;
  /** The default of the scheme when none is written. */
  readonly port: number;
  /** Raw path, '' or beginning with a slash. */
  readonly path: string;
  /** Raw query without its question mark; undefined when there is none. */
  readonly query: string | undefined;
}

/** Unreserved, percent-encoded and the sub-delimiters that no configuration language gives a meaning (RFC 3986 §2). */
const PATH_BYTE = '(?:[A-Za-z0-9._~!&()*+,=:@-]|%[0-9A-F]{2})';
const PATTERN = `[Hh][Tt][Tt][Pp][Ss]?://(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::[0-9]{1,5})?(?:/${PATH_BYTE}*)*`;
const QUERY = `(?:\\?(?:${PATH_BYTE}|[/?])*)?`;
const PARTS = /^(https?):\/\/(\[[^\]]*\]|[^/?:]*)(?::([0-9]+))?([^?]*)(?:\?(.*))?$/i;

function parseUrl(value: string): Parsed<HttpUrl> {
  const [, scheme = '', rawHost = '', rawPort, path = '', query] = PARTS.exec(value) ?? [];
  const host = parseHost(rawHost);
  if (!('host' in host)) return host;
  const lower = scheme.toLowerCase() === 'https' ? 'https' : 'http';
  const port = rawPort === undefined ? (lower === 'https' ? 443 : 80) : Number(rawPort);
  if (port < 1 || port > 65_535 || (rawPort !== undefined && String(port) !== rawPort)) {
    return { problem: 'has a port that is not a number from 1 to 65535' };
  }
  const flaw = pathFlaw(path);
  if (flaw !== undefined) return { problem: flaw };
  return { value: { text: value, scheme: lower, host: host.host, port, path, query } };
}

/** What keeps a path from being canonical (BEHAVIOUR P rows): it would be sent, or compared, in another spelling. */
export function pathFlaw(path: string): string | undefined {
  if (/\/\//.test(path)) return 'has an empty path segment';
  if (/\/\.\.?(?:\/|$)/.test(path)) return 'has a dot segment in its path';
  if (/%(?:[01][0-9A-F]|7F|2F|5C|25|3B)/.test(path)) {
    return 'has an encoded slash, backslash, percent sign, semicolon or control character in its path';
  }
  for (const [, hex] of path.matchAll(/%([0-9A-F]{2})/g)) {
    if (/[A-Za-z0-9._~-]/.test(String.fromCharCode(Number.parseInt(hex ?? '', 16)))) {
      return `has %${hex ?? ''}, an encoded character that needs no encoding`;
    }
  }
  try {
    decodeURIComponent(path);
    return undefined;
  } catch {
    return 'has encoded bytes in its path that are not UTF-8';
  }
}

const ALLOWS =
  'http or https, "://", an ASCII host in letters, digits, dots and hyphens or an IP address, then optionally a port and a path; no user name, no fragment';

function urlFormat(label: string, pattern: string, example: string, parse: TextFormat<HttpUrl>['parse']) {
  return text({ label, pattern, allows: ALLOWS, example, parse });
}

/** Origin and base path of a back end: no query. */
export const backendUrl: Shape<HttpUrl> = urlFormat('URL', PATTERN, 'http://orders.internal:8080', parseUrl);

/** https everywhere; http for loopback hosts only. */
function secureUrl(value: string): Parsed<HttpUrl> {
  const parsed = parseUrl(value);
  if ('value' in parsed && parsed.value.scheme === 'http' && !isLoopback(parsed.value.host)) {
    return { problem: 'is http on a host that is not loopback', fix: 'Write an https URL.' };
  }
  return parsed;
}

/** The issuer identifier of tokens (RFC 8414 §2: no query, no fragment). `iss` is compared with the text as written. */
export const issuerUrl: Shape<HttpUrl> = urlFormat(
  'https URL',
  PATTERN,
  'https://id.example.com/',
  secureUrl,
);

/** What the gateway itself asks: a key set, an introspection endpoint. May have a query. */
export const fetchedUrl: Shape<HttpUrl> = urlFormat(
  'https URL',
  `${PATTERN}${QUERY}`,
  'https://id.example.com/keys',
  secureUrl,
);

/** The path of a service below that of its back end: canonical, without a query. */
export const servicePath: Shape<string> = text({
  label: 'path',
  pattern: `(?:/${PATH_BYTE}*)+`,
  allows: 'a path that begins with a slash, without a query',
  example: '/verify',
  parse: (value) => {
    const problem = pathFlaw(value);
    return problem === undefined ? { value } : { problem };
  },
});

/** Scheme and host in lower case, the port where it is not the scheme's own, a path of at least a slash. */
export function canonicalUrl({ scheme, host, port, path, query }: HttpUrl): string {
  const authority = port === (scheme === 'https' ? 443 : 80) ? host : `${host}:${port}`;
  return `${scheme}://${authority}${path === '' ? '/' : path}${query === undefined ? '' : `?${query}`}`;
}

/** Where a person logs in; may have a query. */
export const loginUrl: Shape<HttpUrl> = urlFormat(
  'https URL',
  `${PATTERN}${QUERY}`,
  'https://login.example.com/start',
  secureUrl,
);
