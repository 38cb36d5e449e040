import { request as send } from 'node:http';
import type { HeaderList } from '../../support/http-message.ts';
import { type Answer, type Exchange, GatewayFailure } from './exchange.ts';
import { ownHeaders } from './gateway-responses.ts';
import type { BackendRequest } from './proxied-request.ts';

/** Port on the loopback address behind each `host:port` of the outside. */
export type Hosts = ReadonlyMap<string, number>;

/** Headers of a back end's answer that come back as `x-amzn-Remapped-…`, and those that do not come back (recorded). */
const remapped: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'date',
  'server',
  'x-amzn-requestid',
  'www-authenticate',
  'authorization',
]);
const lost: ReadonlySet<string> = new Set(['transfer-encoding', 'content-encoding', 'via', 'keep-alive']);

/** Sends it to the host's stand-in on the loopback address. What cannot be reached is INTEGRATION_FAILURE (DG, "Gateway response types"). */
export function callBackend(
  request: BackendRequest,
  hosts: Hosts,
  timeoutInMillis: number,
  exchange: Exchange,
): Promise<Answer> {
  const { url } = request;
  const address = `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
  const port = hosts.get(address);
  const unreachable = new GatewayFailure('INTEGRATION_FAILURE', 'Network error communicating with endpoint');
  if (port === undefined) return Promise.reject(unreachable);
  const bodyless = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  const body = bodyless ? Buffer.alloc(0) : request.body;
  const length: HeaderList = bodyless && body.length === 0 ? [] : [['Content-Length', String(body.length)]];
  return new Promise((resolve, reject) => {
    const outgoing = send(
      {
        host: '127.0.0.1',
        port,
        method: request.method,
        path: request.target,
        headers: [...request.headers, ...length].flat(),
        agent: false,
        timeout: timeoutInMillis,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', () => reject(unreachable));
        incoming.on('end', () => {
          const raw = incoming.rawHeaders;
          const pairs = raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
          exchange.integrationStatus = incoming.statusCode ?? 0;
          resolve({
            status: incoming.statusCode ?? 502,
            headers: [...pairs.flatMap(backHeader), ...ownHeaders(exchange)],
            body: Buffer.concat(chunks),
          });
        });
      },
    );
    outgoing.on('timeout', () => {
      outgoing.destroy();
      reject(new GatewayFailure('INTEGRATION_TIMEOUT', 'Endpoint request timed out'));
    });
    outgoing.on('error', () => reject(unreachable));
    outgoing.end(body);
  });
}

function backHeader([name, value]: readonly [string, string]): HeaderList {
  const lower = name.toLowerCase();
  if (lost.has(lower)) return [];
  return [[remapped.has(lower) ? `x-amzn-Remapped-${name}` : name, value]];
}
