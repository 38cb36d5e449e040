import { portableName } from '../../../model/origin.ts';
import { dockerfileWord } from '../../../render/dockerfile-token.ts';
import { markdownCode, markdownText } from '../../../render/markdown-token.ts';
import { listenerName, listenersOf } from '../front/fronts.ts';
import type { Plan } from '../plan.ts';
import { type ProxiedBackend, proxiedBackends } from '../proxied-backend.ts';
import { usedSecrets } from '../secrets.ts';
import { fetchedKeySets } from '../verifier/key-sets.ts';
import { showsCredentials } from './backends-view.ts';
import { certificateFiles } from './front-view.ts';

/** The view of the emitted folder's README: how to start it, what must appear in it, what it listens on and logs. */
export function readmeView(plan: Plan) {
  const { gateway, settings, fronts, parts } = plan;
  const secrets = usedSecrets(gateway);
  const certificates = new Map(
    fronts
      .filter(({ listener }) => listener.tls)
      .map((front) => [front.host.name, certificateFiles(plan, front)] as const),
  );
  return {
    name: markdownText(gateway.name),
    documents: gateway.documents.map(({ file, title, version }) => ({
      file: markdownCode(portableName(file)),
      title: markdownText(`${title} ${version}`),
    })),
    version: markdownText(settings.version),
    withVerifier: plan.guards.length > 0,
    verifier: markdownCode(`127.0.0.1:${settings.verifierPort}`),
    cache: markdownCode(settings.cache),
    start: markdownCode(
      secrets.some(({ by }) => by === 'environment') ? 'sh start.sh' : 'nginx -p "$PWD/" -c nginx.conf',
    ),
    listeners: listenersOf(fronts).map((listener) => ({
      address: markdownCode(listenerName(listener)),
      protocol: markdownText(listener.tls ? 'https (HTTP/1.1 and HTTP/2)' : 'http'),
      hosts: markdownText(
        [
          ...new Set(
            fronts
              .filter((front) => listenerName(front.listener) === listenerName(listener))
              .map(({ host, kind }) => (kind === 'public' ? host.name : `${host.name} (${kind})`)),
          ),
        ].join(', '),
      ),
    })),
    tls: certificates.size > 0,
    certificates: [...certificates].map(([host, { cert, key }]) => ({
      host: markdownCode(host),
      cert: markdownCode(cert),
      key: markdownCode(key),
    })),
    ...privateBackendsView(plan),
    hasSecrets: secrets.length > 0,
    readsSecrets: showsCredentials(plan),
    workersRead: secrets.some(({ reader }) => reader === 'workers'),
    workers: markdownText(
      settings.user === undefined ? 'the account of its workers' : `the account "${settings.user}"`,
    ),
    secrets: secrets.map(({ name, path, by, source, reader }) => ({
      name: markdownCode(name),
      path: markdownCode(path),
      how: markdownText(SECRET_SOURCES[by]),
      source: markdownCode(source),
      reader: markdownText(SECRET_READERS[reader]),
    })),
    keepsKeys: fetchedKeySets(gateway).length > 0,
    keys: markdownCode(`${settings.cache}-keys`),
    attempts: markdownCode(`${settings.cache}-attempts`),
    fields: markdownText(parts.accessLog.fields.value.join(', ')),
    redacted: markdownText(parts.accessLog.redact.join(', ')),
    errorLevel: markdownCode(settings.errorLevel),
  };
}

function privateBackendsView({ gateway }: Plan) {
  const privates = proxiedBackends(gateway).filter((one) => one.private.value);
  return {
    hasPrivate: privates.length > 0,
    privates: privates.map((one) => ({
      name: markdownCode(one.name),
      address: markdownText(one.nodes.map(({ value }) => `${value.host}:${value.port}`).join(', ')),
      how: markdownText(demandOf(one)),
    })),
  };
}

function demandOf(backend: ProxiedBackend): string {
  const { credentials, tls } = backend;
  const certificate = tls?.clientCertificate?.value.cert;
  const header = credentials?.value;
  return [
    ...(certificate === undefined ? [] : [`the client certificate of the secret ${certificate}`]),
    ...(header === undefined
      ? []
      : [`the header ${header.header} with the value of the secret ${header.secret}`]),
  ].join(' and ');
}

const SECRET_SOURCES = {
  file: 'read from this file',
  environment: 'written by start.sh from the environment variable',
  agent: 'must be put there before nginx starts, from',
} as const;

const SECRET_READERS = { start: 'nginx, when it starts', workers: 'its workers, for requests' } as const;

/** The view of the Dockerfile: the official image of the release line, which brings njs. */
export function dockerfileView(plan: Plan) {
  const environment = usedSecrets(plan.gateway).some(({ by }) => by === 'environment');
  const ports = [...new Set(listenersOf(plan.fronts).map(({ port }) => port))].sort((a, b) => a - b);
  return {
    image: dockerfileWord(`nginx:${plan.settings.version}`),
    ports: ports.map((port) => ({ port: dockerfileWord(String(port)) })),
    starts: environment,
  };
}

export type ReadmeView = ReturnType<typeof readmeView>;

export type DockerfileView = ReturnType<typeof dockerfileView>;
