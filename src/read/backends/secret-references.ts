import type { Authenticator } from '../../model/authentication.ts';
import type { Backend, Gateway, Tls } from '../../model/gateway.ts';
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

function ofBackend({ tls, credentials }: Backend): readonly Sourced<string>[] {
  const certificate = tls?.clientCertificate;
  const pair =
    certificate === undefined
      ? []
      : [certificate.value.cert, certificate.value.key].map((value) => ({ value, at: certificate.at }));
  const proof = credentials === undefined ? [] : [{ value: credentials.value.secret, at: credentials.at }];
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
      return [];
  }
}

function ofClientCertificates({ clientCertificate }: Tls): readonly Sourced<string>[] {
  return clientCertificate === undefined ? [] : [clientCertificate.value.ca];
}
