import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Services } from '../../src/decide/decision.ts';
import { authorizationServer, introspectionQuestion } from '../support/authorization-server.ts';
import { startBackend } from '../support/backend.ts';
import { createAuthority, issueCertificate } from '../support/certificates.ts';
import { identityProvider, keySetBehind } from '../support/identity-provider.ts';
import { checkQuestion, judge, ruleQuestion } from '../support/judge.ts';
import { freePorts } from '../support/ports.ts';
import { type Alteration, type Files, startGateway } from '../support/running-gateway.ts';
import { type RunningStub, startStub } from '../support/stub-service.ts';
import { keySet } from '../support/tokens.ts';
import { fill, type Step } from './case.ts';
import { clientAuthority, clientCertificate } from './client-certificates.ts';
import {
  keys,
  namedCredentials,
  passwords,
  pinnedKeys,
  providerKeys,
  sharedSecret,
  shortSecret,
  storedKeys,
} from './identity-credentials.ts';
import type { Law } from './law.ts';

const document = readFileSync(
  new URL('../../fixtures/behaviour/identities.openapi.yaml', import.meta.url),
  'utf8',
);
const authority = createAuthority('Front door');
const front = issueCertificate(authority, { names: ['DNS:localhost'] });
const client = { id: 'gateway', secret: 'client-secret-0123456789' };

/** Everything that fixtures/behaviour/identities.openapi.yaml needs but the gateway. */
export interface Surroundings extends Omit<Law, 'gateway'> {
  readonly files: Files;
  /** Ports that the gateway listens on. */
  readonly listens: readonly number[];
  readonly stubs: Readonly<Record<'provider' | 'authorizationServer' | 'judge', RunningStub>>;
}

export interface IdentityLaw extends Law, Pick<Surroundings, 'stubs'> {}

/** Builds and starts the gateway; an alteration breaks the model or the artifacts on purpose. */
export async function startIdentityLaw(alteration: Alteration = {}): Promise<IdentityLaw> {
  const { alter = (artifacts) => artifacts } = alteration;
  const { files, listens, ...around } = await startSurroundings();
  try {
    const alterAll: Alteration['alter'] = (artifacts) => [...alter(artifacts), ...frontCertificate];
    const gateway = await startGateway(files, listens, { ...alteration, alter: alterAll });
    const stop = async (): Promise<void> => {
      await gateway.stop();
      await around.stop();
    };
    return { ...around, gateway, stop };
  } catch (error) {
    await around.stop();
    throw error;
  }
}

const frontCertificate = [
  { path: 'tls/localhost.crt', contents: front.cert },
  { path: 'tls/localhost.key', contents: front.key },
];

/** Starts everything that is asked; without a gateway. */
export async function startSurroundings(): Promise<Surroundings> {
  const now = Math.floor(Date.now() / 1000);
  const [port = 0, http = 0, verifier = 0, nobody = 0, identity = 0] = await freePorts(5);
  const origin = `http://127.0.0.1:${identity}`;
  const secrets = writeSecrets();
  const provider = identityProvider(providerKeys, origin);
  const main = await startBackend();
  const stubs = {
    provider: await startStub(provider, identity),
    authorizationServer: await startStub(authorizationServer(now, client)),
    judge: await startStub(judge),
  };
  const ports = new Map([
    ['18080', port],
    ['18081', main.port],
    ['18083', verifier],
    ['18084', http],
    ['18085', identity],
    ['18086', stubs.authorizationServer.port],
    ['18087', stubs.judge.port],
    ['18089', nobody],
  ]);
  const credentials = namedCredentials(now, origin);
  const services: Services = {
    secrets: secretContents,
    keySet: (url) => keySetBehind(provider, origin, url),
    introspect: (name, token) =>
      ['opaque', 'opaque-for-us'].includes(name)
        ? stubs.authorizationServer.ask(introspectionQuestion(token, client))
        : undefined,
    passwordHolds: (name, user, password) =>
      name === 'person-missing' ? undefined : Object.hasOwn(passwords, user) && passwords[user] === password,
    authenticate: (name, credential) =>
      name === 'judged' ? stubs.judge.ask(checkQuestion(name, credential)) : undefined,
    ask: (_call, question) => stubs.judge.ask(ruleQuestion(question)),
  };
  return {
    files: {
      'identities.openapi.yaml': filledDocument(ports, secrets),
      'pinned.jwks.json': JSON.stringify(keySet(pinnedKeys)),
    },
    listens: [port, http, verifier],
    stubs,
    backends: new Map([['main', main]]),
    port,
    filled: (text) => fill(text, credentials, ports),
    now,
    services,
    connection: (step) => connectionOf(step, port),
    stop: async () => {
      for (const one of [main, ...Object.values(stubs)]) await one.stop();
      rmSync(secrets, { recursive: true, force: true });
    },
  };
}

function connectionOf({ certificate, from }: Step, port: number): ReturnType<NonNullable<Law['connection']>> {
  const shown = certificate === undefined ? undefined : clientCertificate(certificate);
  return {
    destination: {
      port,
      ...(from === undefined ? {} : { from }),
      tls: { servername: 'localhost', ca: authority.cert, ...shown?.credential },
    },
    arrival: { listener: 'https', serverName: 'localhost', certificate: shown?.seen },
  };
}

function filledDocument(ports: ReadonlyMap<string, number>, secrets: string): string {
  const hash = (key: string): string => `'${createHash('sha256').update(key).digest('hex')}'`;
  return fill(document, new Map(), ports)
    .replaceAll('FOLDER', secrets)
    .replace('ACME_ONE', hash(keys.acmeOne))
    .replace('ACME_TWO', hash(keys.acmeTwo))
    .replace('BETA', hash(keys.beta));
}

const storedSet = JSON.stringify(keySet(storedKeys));
const secretContents: ReadonlyMap<string, string> = new Map([
  ['stored-keys', `${storedSet}\n`],
  ['shared-key', `${sharedSecret}\n`],
  ['short-key', `${shortSecret}\n`],
]);

/** Secrets that nginx's workers, who are somebody else, can read. */
function writeSecrets(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
  execFileSync('chmod', ['755', folder]);
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('clients.crt', clientAuthority);
  write('stored.jwks.json', `${storedSet}\n`);
  write('shared.key', `${sharedSecret}\n`);
  write('short.key', `${shortSecret}\n`);
  write('client.secret', `${client.secret}\n`);
  write('users', `${Object.entries(passwords).map(userLine).join('\n')}\n`);
  return folder;
}

/** A line of a users file: SHA-512 crypt, or the hash of Apache's own. */
function userLine([user, password]: readonly [string, string], index: number): string {
  const format = index % 2 === 0 && password !== '' ? '-6' : '-apr1';
  return `${user}:${execFileSync('openssl', ['passwd', format, '-stdin'], { input: `${password}\n`, encoding: 'utf8' }).trim()}`;
}
