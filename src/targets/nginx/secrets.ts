import type { Authenticator } from '../../model/authentication.ts';
import type { Gateway, Secret } from '../../model/gateway.ts';
import { proxiedBackends } from './proxied-backend.ts';

/** Where nginx reads a secret, and who puts it there. */
interface SecretPlace {
  readonly name: string;
  /** Relative to the emitted folder unless absolute. */
  readonly path: string;
  /** `file`: used where it is. `environment`: the start script writes it. `agent`: somebody else must. */
  readonly by: 'file' | 'environment' | 'agent';
  /** Name of the environment variable, or what the source says. */
  readonly source: string;
}

/** A secret that something emitted reads: when nginx starts, or in its worker processes, which can be another account. */
export interface UsedSecret extends SecretPlace {
  readonly reader: 'start' | 'workers';
}

/** The first source that nginx can deliver wins (LANGUAGE.md §6). */
function secretPlace(secret: Secret): SecretPlace {
  const { name, sources } = secret;
  const usable = sources.find(({ kind }) => kind === 'file' || kind === 'env');
  if (usable?.kind === 'file') return { name, path: usable.value, by: 'file', source: usable.value };
  const path = `secrets/${name}`;
  if (usable?.kind === 'env') return { name, path, by: 'environment', source: usable.value };
  return { name, path, by: 'agent', source: sources.map(({ kind, value }) => `${kind} ${value}`).join(', ') };
}

/** The path of a secret by name; undefined when the gateway does not declare it. */
export function secretPath(gateway: Gateway, name: string): string | undefined {
  const secret = gateway.secrets.find((one) => one.name === name);
  return secret === undefined ? undefined : secretPlace(secret).path;
}

/** Those that some operation asks for. */
function usedAuthenticators({ authenticators, sites }: Gateway): readonly Authenticator[] {
  const operations = sites.flatMap(({ routes }) => routes.flatMap((route) => route.operations));
  const names = new Set(
    operations.flatMap(({ features: { authentication } }) =>
      authentication.value.kind === 'public'
        ? []
        : authentication.value.anyOf.flat().map((requirement) => requirement.authenticator),
    ),
  );
  return authenticators.filter(({ name }) => names.has(name));
}

/** The certificate authorities of a kind are those of the listener. */
function secretsOf(authenticator: Authenticator): readonly string[] {
  switch (authenticator.kind) {
    case 'jwt':
      return authenticator.issuers.value.flatMap(({ keys: { value } }) =>
        value.kind === 'stored' || value.kind === 'shared' ? [value.secret] : [],
      );
    case 'basic':
      return [authenticator.users.value];
    case 'introspection':
      return [authenticator.clientSecret.value];
    case 'certificate':
    case 'api-key':
    case 'external':
    case 'sigv4':
      return [];
  }
}

/** Secrets that something emitted reads, in the order of their declaration. */
export function usedSecrets(gateway: Gateway): readonly UsedSecret[] {
  const atStart = readAtStart(gateway);
  const byWorkers = readByWorkers(gateway);
  return gateway.secrets
    .filter(({ name }) => atStart.has(name) || byWorkers.has(name))
    .map((secret) => ({
      ...secretPlace(secret),
      reader: byWorkers.has(secret.name) ? ('workers' as const) : ('start' as const),
    }));
}

/** Certificates and keys of TLS, which nginx loads with its configuration. */
function readAtStart(gateway: Gateway): ReadonlySet<string> {
  const ofBackends = proxiedBackends(gateway).flatMap(({ tls: { ca, clientCertificate } = noTls }) => [
    ca?.value,
    clientCertificate?.value.cert,
    clientCertificate?.value.key,
  ]);
  const all = [...ofBackends, gateway.tls.clientCertificate?.value.ca.value];
  return new Set(all.filter((name) => name !== undefined));
}

const noTls = { ca: undefined, clientCertificate: undefined } as const;

/** What requests need: keys and passwords of authenticators, and credentials that back ends ask for. */
function readByWorkers(gateway: Gateway): ReadonlySet<string> {
  const ofBackends = proxiedBackends(gateway).flatMap(({ credentials }) =>
    credentials === undefined ? [] : [credentials.value.secret],
  );
  return new Set([...ofBackends, ...usedAuthenticators(gateway).flatMap(secretsOf)]);
}
