import { isLoopback, parseHost } from '../../extension/values/host.ts';

/** Limits of one answer. */
export interface FetchLimits {
  /** Milliseconds for everything: connection, redirects, body. */
  readonly timeout: number;
  /** Bytes of the body, decoded. */
  readonly bytes: number;
}

export const fetchLimits: FetchLimits = { timeout: 10_000, bytes: 256 * 1024 };

const REDIRECTS = 3;

export type Fetched =
  | { readonly kind: 'body'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Gets a document: over verified TLS (authorities of the system and `NODE_EXTRA_CA_CERTS`), or over http from loopback.
 * Redirects keep the scheme, and plain http stays on loopback. Never throws.
 */
export async function fetchConfiguration(url: string, limits: FetchLimits = fetchLimits): Promise<Fetched> {
  const signal = AbortSignal.timeout(limits.timeout);
  try {
    let at = new URL(url);
    for (let count = 0; count <= REDIRECTS; count++) {
      const refused = refusal(at);
      if (refused !== undefined) return failed(refused);
      const headers = { accept: 'application/json' };
      const response = await fetch(at, { redirect: 'manual', signal, headers });
      if (response.status === 200) return await readBody(response, limits.bytes);
      const location = response.headers.get('location');
      await response.body?.cancel();
      if (![301, 302, 303, 307, 308].includes(response.status) || location === null) {
        return failed(`the status is ${response.status}`);
      }
      const next = new URL(location, at);
      if (next.protocol !== at.protocol) return failed(`it redirects to another scheme ("${next.protocol}")`);
      at = next;
    }
    return failed(`it redirects more than ${REDIRECTS} times`);
  } catch (error) {
    return failed(describe(error, limits));
  }
}

function failed(reason: string): Fetched {
  return { kind: 'failed', reason };
}

function refusal(url: URL): string | undefined {
  const host = parseHost(url.hostname);
  if (!('host' in host)) return `"${url.href}" ${host.problem}`;
  if (url.username !== '' || url.password !== '') return `"${url.host}" is asked with a user name`;
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(host.host))) return undefined;
  return `"${url.href}" is not https`;
}

async function readBody(response: Response, limit: number): Promise<Fetched> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const piece = await reader?.read();
    if (piece === undefined || piece.done) return { kind: 'body', bytes: Buffer.concat(pieces) };
    length += piece.value.length;
    if (length > limit) {
      await reader?.cancel();
      return failed(`the answer is longer than ${limit} bytes`);
    }
    pieces.push(piece.value);
  }
}

/** Codes of Node in words; the cause of a failed fetch is where they are. */
function describe(error: unknown, { timeout }: FetchLimits): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${timeout / 1000} s`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known = reasons.find(([pattern]) => pattern.test(code));
  if (known !== undefined) return known[1];
  return code !== '' ? `the connection fails (${code})` : 'the connection fails';
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [/^ENOTFOUND$|^EAI_AGAIN$/, 'its host name cannot be resolved'],
  [/^ECONNREFUSED$/, 'the connection is refused'],
  [/^ECONNRESET$|^UND_ERR_SOCKET$/, 'the connection breaks'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'its certificate is for another host'],
  [/^CERT_HAS_EXPIRED$|^CERT_NOT_YET_VALID$/, 'its certificate is not valid at this time'],
  [
    /SELF_SIGNED|UNABLE_TO_|CERT_|ERR_TLS|ERR_SSL/,
    'its certificate is from no known authority (NODE_EXTRA_CA_CERTS names a file of others)',
  ],
];
