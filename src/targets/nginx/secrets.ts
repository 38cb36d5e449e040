import type { Authenticator } from '../../model/authentication.ts';
import type { Gateway, Secret } from '../../model/gateway.ts';

/** Where nginx reads a secret, and who puts it there. */
export interface SecretPlace {
  readonly name: string;
  /** Relative to the emitted folder unless absolute. */
  readonly path: string;
  /** `file`: used where it is. `environment`: the start script writes it. `agent`: somebody else must. */
  readonly by: 'file' | 'environment' | 'agent';
  /** Name of the environment variable, or what the source says. */
  readonly source: string;
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
      return [authenticator.ca.value];
    case 'api-key':
    case 'external':
      return [];
  }
}

/** Secrets that something emitted reads, in the order of their declaration. */
export function usedSecrets(gateway: Gateway): readonly SecretPlace[] {
  const used = new Set(
    gateway.backends.flatMap(({ tls, credentials }) => [
      ...(tls?.ca === undefined ? [] : [tls.ca.value]),
      ...(tls?.clientCertificate === undefined
        ? []
        : [tls.clientCertificate.value.cert, tls.clientCertificate.value.key]),
      ...(credentials === undefined ? [] : [credentials.value.secret]),
    ]),
  );
  const authorities = gateway.tls.clientCertificate?.value.ca.value;
  if (authorities !== undefined) used.add(authorities);
  for (const name of usedAuthenticators(gateway).flatMap(secretsOf)) used.add(name);
  return gateway.secrets.filter(({ name }) => used.has(name)).map(secretPlace);
}
