import type {
  ApiKeyAuthenticator,
  Authentication,
  Authenticator,
  CredentialPlace,
} from '../../../model/authentication.ts';
import type { Gateway, Operation } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { secretPath } from '../secrets.ts';
import { settingsOf } from '../settings.ts';
import { address } from '../token/address.ts';
import { filePath, headerName, interpolated, refusalOf, text } from '../token.ts';
import { endpointOf } from '../view/services-view.ts';
import { hostsOf } from './client-certificate.ts';
import { externalServiceRefusal } from './external-service.ts';
import { refusalOfKeys } from './token-keys.ts';
import { isVisibleHeader } from './visible-header.ts';

/** Credentials are verified by the emitted njs behind `auth_request`; valid decisions are kept until they expire. */
export const authentication: Lowering<Sourced<Authentication>, OperationScope, Authentication> = {
  support: 'full',
  note: 'njs behind auth_request, which asks nginx and services; decisions are cached at most 300 s',
  lower: ({ value }, scope): Outcome<Authentication> => {
    const { gateway } = scope;
    if (value.kind === 'public') return { kind: 'exact', part: value };
    const names = new Set(value.anyOf.flat().map((requirement) => requirement.authenticator));
    for (const authenticator of gateway.authenticators.filter(({ name }) => names.has(name))) {
      const refused = refusal(authenticator, scope);
      if (refused !== undefined) return { kind: 'unsupported', ...refused };
    }
    const modules = refusalOf(() => filePath(settingsOf(gateway).modules));
    if (modules !== undefined) {
      return {
        kind: 'unsupported',
        reason: `the module folder cannot be written (${modules})`,
        instead: undefined,
      };
    }
    return { kind: 'exact', part: value };
  },
};

interface Refusal {
  readonly reason: string;
  readonly instead: string | undefined;
}

function refusal(authenticator: Authenticator, { gateway, operation }: OperationScope): Refusal | undefined {
  return (
    refusalOfKind(authenticator, gateway, operation) ??
    plainly(authenticator.from.value.map(refusalOfPlace).find((reason) => reason !== undefined)) ??
    plainly(
      authenticator.forward
        .map(({ header }) => refusalOf(() => headerName(header)))
        .find((reason) => reason !== undefined),
    )
  );
}

function refusalOfKind(
  authenticator: Authenticator,
  gateway: Gateway,
  operation: Operation,
): Refusal | undefined {
  switch (authenticator.kind) {
    case 'jwt':
      return plainly(refusalOfKeys(authenticator, gateway));
    case 'api-key':
      return refusalOfKeyStore(authenticator);
    case 'basic':
      return plainly(missingSecret(authenticator.users.value, gateway));
    case 'certificate':
      return refusalOfCertificate(gateway, operation);
    case 'introspection': {
      const { host, port, target } = endpointOf({ endpoint: authenticator.endpoint.value });
      return plainly(
        missingSecret(authenticator.clientSecret.value, gateway) ??
          refusalOf(() => [address(host, port), interpolated(text(target))]),
      );
    }
    case 'sigv4':
      return {
        reason: 'nginx does not verify signatures of AWS',
        instead: 'Let callers present tokens, keys or certificates, or build for AWS.',
      };
    case 'external':
      return plainly(
        externalServiceRefusal({ ...authenticator, backend: authenticator.backend.value }, gateway),
      );
  }
}

function refusalOfKeyStore({ keys }: ApiKeyAuthenticator): Refusal | undefined {
  if (keys.value === 'consumers') return undefined;
  return {
    reason: 'the keys are known to Amazon API Gateway only',
    instead: 'Write keys: consumers, and the hashes of the keys in consumers.<name>.keys.',
  };
}

/** Certificates are shown in the handshake of a TLS listener of nginx, or not at all. */
function refusalOfCertificate(gateway: Gateway, operation: Operation): Refusal | undefined {
  const instead = 'Serve it at an https server, with tls.termination "here" and tls.clientCertificate.';
  const because = (reason: string): Refusal => ({ reason, instead });
  if (gateway.tls.clientCertificate === undefined) return because('no listener asks for client certificates');
  if (gateway.tls.termination.value === 'upstream') return because('TLS ends before it reaches nginx');
  if (operation.features.exposure.value === 'internal') return because('the internal listener has no TLS');
  return hostsOf(gateway, operation).some(({ scheme }) => scheme === 'https')
    ? undefined
    : because('the operation is served without TLS, where nobody shows a certificate');
}

function missingSecret(name: string, gateway: Gateway): string | undefined {
  const path = secretPath(gateway, name);
  return path === undefined ? `there is no secret "${name}"` : refusalOf(() => interpolated(text(path)));
}

function refusalOfPlace(place: CredentialPlace): string | undefined {
  if (place.kind === 'header' && !isVisibleHeader(place.name)) return hidden(place.name);
  if (place.kind === 'cookie' && !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(place.name)) {
    return `"${place.name}" is not the name of a cookie`;
  }
  return undefined;
}

function plainly(reason: string | undefined): Refusal | undefined {
  return reason === undefined ? undefined : { reason, instead: undefined };
}

function hidden(name: string): string {
  return `nginx ignores the header "${name}": only letters, digits and "-" reach a variable`;
}
