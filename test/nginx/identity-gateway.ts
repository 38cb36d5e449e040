import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Backend, type BackendAnswer, startBackend } from '../support/backend.ts';
import { createAuthority, issueCertificate } from '../support/certificates.ts';
import { freePorts } from '../support/ports.ts';
import { exchange, type RawResponse, requestBytes } from '../support/raw-http.ts';
import { clientSecret, identityModel } from './identity-model.ts';
import { type RunningModel, startModel } from './start-model.ts';

const authority = createAuthority('Partners');
const front = issueCertificate(authority, { names: ['DNS:localhost'] });
export const partner = issueCertificate(authority, { names: ['DNS:partner.test'] });
export const visitor = issueCertificate(authority, { names: ['DNS:visitor.test'] });

/** Hashes of the passwords below: crypt with SHA-512, bcrypt, Apache's own MD5, salted SHA-1. */
export const usersFile = [
  'ann:$6$saltsalt$yJ8cXrShFwnzqbgXRoRx5CoHBDRbbdOC5g87X9lpcXjU2nBUyBRlJ4LfzK5791/4NEnnbwL/R4UIiTP73B5Ny1',
  'bob:$2b$04$abcdefghijklmnopqrstuucE/zbwVFERibNdeXQdziuGwjNaGP5pG',
  'cyd:$apr1$saltsalt$EciHtsRDp.NqXyqCKnfyF/',
  'däve:{SSHA}1YI3k5ExYgQBQ/WSWl1+EMHnX7pzYWx0',
  '',
].join('\n');
export const passwords = {
  ann: 'canary-sesame',
  bob: 'canary-bcrypt',
  cyd: 'canary:colon:password',
  däve: 'canary-pässword',
} as const;

export type Headers = readonly (readonly [string, string])[];

export interface IdentityGateway extends RunningModel {
  readonly main: Backend;
  readonly issuer: Backend;
  readonly oracle: Backend;
  readonly get: (
    path: string,
    headers?: Headers,
    more?: { readonly client?: { cert: string; key: string }; readonly method?: string },
  ) => Promise<{ readonly answer: RawResponse; readonly received: Backend['requests'][number] | undefined }>;
  /** The line of the last request in the access log. */
  readonly logged: () => Promise<Readonly<Record<string, unknown>>>;
}

export const json = (body: unknown, status = 200): BackendAnswer => ({
  status,
  headers: [['Content-Type', 'application/json']],
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

export interface Surroundings {
  readonly users: string;
  readonly errorLog?: 'crit' | 'info';
  /** Secrets that do not appear. */
  readonly without?: readonly string[];
}

export const startIdentityGateway = async ({
  users,
  errorLog,
  without = [],
}: Surroundings): Promise<IdentityGateway> => {
  const [port = 0, verifier = 0] = await freePorts(2);
  const [main, issuer, oracle] = await Promise.all([startBackend(), startBackend(), startBackend()]);
  const ports = {
    front: port,
    verifier,
    main: main.port,
    issuer: issuer.port,
    oracle: oracle.port,
  };
  const running = await startModel(
    identityModel(ports, errorLog),
    [port, verifier],
    [
      { path: 'tls/localhost.crt', contents: front.cert },
      { path: 'tls/localhost.key', contents: front.key },
      { path: 'secrets/ca', contents: authority.cert },
      { path: 'secrets/users', contents: users },
      { path: 'secrets/client-secret', contents: `${clientSecret}\n` },
      { path: 'secrets/oracle-secret', contents: 'canary-oracle' },
    ].filter(({ path }) => !without.includes(path)),
  );
  let sent = 0;
  return {
    ...running,
    main,
    issuer,
    oracle,
    logged: async () => {
      const deadline = Date.now() + 10_000;
      for (;;) {
        const text = readFileSync(join(running.folder, 'logs', 'access.log'), 'utf8');
        const lines = text.split('\n').slice(0, -1);
        if (lines.length === sent) return JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;
        if (Date.now() > deadline) throw new Error(`${lines.length} of ${sent} requests are in the log`);
        await sleep(50);
      }
    },
    get: async (path, headers = [], { client, method = 'GET' } = {}) => {
      const before = main.requests.length;
      sent += 1;
      const answer = await exchange(
        { port, tls: { servername: 'localhost', ca: authority.cert, ...client } },
        requestBytes(`${method} ${path} HTTP/1.1`, [['Host', `localhost:${port}`], ...headers]),
      );
      return { answer, received: main.requests[before] };
    },
    stop: async () => {
      await running.stop();
      await Promise.all([main.stop(), issuer.stop(), oracle.stop()]);
    },
  };
};
