import type { Authenticator } from '../../model/authentication.ts';
import type { Backend } from '../../model/backend.ts';
import type { Gateway, Tls } from '../../model/gateway.ts';
import type { Sourced } from '../../model/origin.ts';

/** Every name of a secret that a gateway refers to, with its place. */
export function secretReferences({
  backends,
  authenticators,
  tls,
}: Pick<Gateway, 'backends' | 'authenticators' | 'tls'>): readonly Sourced<string>[] {
  return [
    ...backends.flatMap(ofBackend),
    ...authenticators.flatMap(ofAuthenticator),
    ...ofClientCertificates(tls),
  ];
}

function ofBackend(backend: Backend): readonly Sourced<string>[] {
  if (backend.kind === 'lambda') return [];
  const { tls, credentials } = backend;
  const { value: shown, at } = tls?.clientCertificate ?? {};
  const pair =
    at === undefined || shown === undefined || shown === 'managed'
      ? []
      : [shown.cert, shown.key].map((value) => ({ value, at }));
  const proof =
    credentials?.value.kind === 'header' ? [{ value: credentials.value.secret, at: credentials.at }] : [];
  return [...(tls?.ca === undefined ? [] : [tls.ca]), ...pair, ...proof];
}

function ofAuthenticator(authenticator: Authenticator): readonly Sourced<string>[] {
  switch (authenticator.kind) {
    case 'jwt':
      return authenticator.issuers.value.flatMap(({ keys: { value, at } }) =>
        value.kind === 'stored' || value.kind === 'shared' ? [{ value: value.secret, at }] : [],
      );
    case 'introspection':
      return [authenticator.clientSecret];
    case 'basic':
      return [authenticator.users];
    case 'certificate':
      return [authenticator.ca];
    case 'api-key':
    case 'external':
    case 'sigv4':
      return [];
  }
}

function ofClientCertificates({ clientCertificate }: Tls): readonly Sourced<string>[] {
  return clientCertificate === undefined ? [] : [clientCertificate.value.ca];
}
