import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect } from 'node:tls';
import { type Backend, type BackendAnswer, startBackend } from '../support/backend.ts';
import { createAuthority, issueCertificate } from '../support/certificates.ts';
import { freePorts } from '../support/ports.ts';
import { type Destination, exchange, type RawResponse, requestBytes } from '../support/raw-http.ts';
import { type Alteration, startGateway } from '../support/running-gateway.ts';
import { json } from '../support/stub-service.ts';
import { keySet, mint, signingKey } from '../support/tokens.ts';
import { fill } from './case.ts';

/** The document of fixtures/behaviour/tls.openapi.yaml, built and running with its back ends. */
export interface TlsLaw {
  readonly port: { readonly https: number; readonly http: number };
  /** A back end of the private authority that asks for a client certificate. */
  readonly trusted: Backend;
  /** Two plain back ends. */
  readonly second: Backend;
  readonly third: Backend;
  /** Serves keys and says yes to everything, with a certificate of an authority that the gateway does not know. */
  readonly stranger: Backend;
  /** A token that its keys verify. */
  readonly token: string;
  readonly tls: (changes?: Partial<NonNullable<Destination['tls']>>) => Destination;
  readonly get: (path: string, destination?: Destination, host?: string) => Promise<RawResponse>;
  /** A handshake and nothing else; rejects when the server refuses it. */
  readonly handshake: (options: ConnectionOptions) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const document = readFileSync(new URL('../../fixtures/behaviour/tls.openapi.yaml', import.meta.url), 'utf8');
const authority = createAuthority('Internal');
const backendCertificate = issueCertificate(authority, { names: ['DNS:backend.test'] });
const gatewayCertificate = issueCertificate(authority, { names: ['DNS:gateway.test'] });
const front = issueCertificate(authority, { names: ['DNS:localhost', 'DNS:api.localhost'] });

const strangeCertificate = issueCertificate(createAuthority('Strangers'), { names: ['DNS:localhost'] });
const key = signingKey('ES256', 'strange');

function strangeAnswer({ target }: { readonly target: string }): BackendAnswer {
  if (target === '/keys') return json(keySet([key]));
  return json(target === '/introspect' ? { active: true } : { result: true });
}

function token(): string {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  return mint({ iss: 'https://id.test/', aud: 'law', sub: 'alice', exp }, { key });
}

/** Starts it; an alteration breaks the model or the artifacts on purpose. */
export async function startTlsLaw(alteration: Alteration = {}): Promise<TlsLaw> {
  const { alter = (artifacts) => artifacts } = alteration;
  const secrets = writeSecrets();
  const trusted = await startBackend({
    tls: { ...backendCertificate, ca: authority.cert, requireClientCertificate: false },
  });
  const second = await startBackend();
  const third = await startBackend();
  const stranger = await startBackend({ tls: strangeCertificate, answer: strangeAnswer });
  const stopOthers = async (): Promise<void> => {
    for (const backend of [trusted, second, third, stranger]) await backend.stop();
    rmSync(secrets, { recursive: true, force: true });
  };
  const [https = 0, http = 0, verifier = 0, nobody = 0] = await freePorts(4);
  const ports = new Map([
    ['18080', https],
    ['18081', trusted.port],
    ['18082', second.port],
    ['18083', verifier],
    ['18084', http],
    ['18085', third.port],
    ['18086', stranger.port],
    ['18089', nobody],
  ]);
  try {
    const gateway = await startGateway(
      { 'tls.openapi.yaml': fill(document, new Map(), ports).replaceAll('FOLDER', secrets) },
      [https, http],
      { ...alteration, alter: (artifacts) => [...alter(artifacts), ...frontCertificates] },
    );
    const stop = async (): Promise<void> => {
      await gateway.stop();
      await stopOthers();
    };
    const backends = { trusted, second, third, stranger };
    return { port: { https, http }, ...backends, token: token(), ...callers(https), stop };
  } catch (error) {
    await stopOthers();
    throw error;
  }
}

const frontCertificates = ['localhost', 'api.localhost'].flatMap((host) => [
  { path: `tls/${host}.crt`, contents: front.cert },
  { path: `tls/${host}.key`, contents: front.key },
]);

function writeSecrets(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
  writeFileSync(join(folder, 'ca.crt'), authority.cert);
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'client.secret'), 'client-secret\n');
  writeFileSync(join(folder, 'gateway.crt'), gatewayCertificate.cert);
  writeFileSync(join(folder, 'gateway.key'), gatewayCertificate.key);
  return folder;
}

function callers(port: number): Pick<TlsLaw, 'tls' | 'get' | 'handshake'> {
  const tls: TlsLaw['tls'] = (changes = {}) => ({
    port,
    tls: { servername: 'localhost', ca: authority.cert, ...changes },
  });
  return {
    tls,
    get: (path, destination = tls(), host = 'localhost') =>
      exchange(destination, requestBytes(`GET ${path} HTTP/1.1`, [['Host', host]])),
    handshake: (options) =>
      new Promise((resolve, reject) => {
        const socket = connect({
          port,
          host: '127.0.0.1',
          servername: 'localhost',
          rejectUnauthorized: false,
          ...options,
        });
        socket.once('secureConnect', () => {
          socket.destroy();
          resolve();
        });
        socket.once('error', reject);
      }),
  };
}
