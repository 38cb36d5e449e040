import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { Credential } from '../support/certificates.ts';

export interface Issuer {
  /** `http://127.0.0.1:<port>`, or https with a certificate. */
  readonly origin: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
}

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** Starts a server on loopback that ends with the test. */
export async function startIssuer(
  answer: (origin: string) => RequestListener,
  certificate?: Credential,
): Promise<Issuer> {
  const asked: string[] = [];
  let origin = '';
  const listener: RequestListener = (request, response) => {
    asked.push(request.url ?? '');
    answer(origin)(request, response);
  };
  const server = certificate === undefined ? createServer(listener) : createTlsServer(certificate, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  const { port } = server.address() as AddressInfo;
  origin = `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  return { origin, asked };
}

/** Answers with a JSON text, or another status. */
export function json(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): RequestListener {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** The configuration of an issuer whose keys are at `/keys` of the same origin. */
export const configuration = (origin: string) => json({ issuer: origin, jwks_uri: `${origin}/keys` });
