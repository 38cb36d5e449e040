import type {
  Authenticator,
  BasicAuthenticator,
  ExternalAuthenticator,
  IntrospectionAuthenticator,
} from '../../../model/authentication.ts';
import type { Gateway } from '../../../model/gateway.ts';
import { proxiedBackend } from '../proxied-backend.ts';
import { secretPath } from '../secrets.ts';
import { authenticatorData, fileNameOf } from './authenticator-data.ts';
import { bucketNames } from './consumer-data.ts';
import { externalLocation } from './external-location.ts';
import { forwardData } from './forward-data.ts';
import type { AuthenticatorData, ExternalData, IntrospectionData, ServiceCredential } from './guard-data.ts';

/** What the verifier checks the credentials of one authenticator by. */
export function identityData(authenticator: Authenticator, gateway: Gateway): AuthenticatorData {
  const forward = forwardData(authenticator, gateway.ownedHeaders);
  switch (authenticator.kind) {
    case 'jwt':
      return authenticatorData(authenticator, gateway);
    case 'api-key':
      return { kind: 'api-key', forward, buckets: bucketNames(gateway.consumers) };
    case 'basic':
      return { kind: 'basic', forward, location: serviceLocation(authenticator) };
    case 'certificate': {
      const subjects = authenticator.subjects?.value;
      return { kind: 'certificate', forward, ...(subjects === undefined ? {} : { subjects }) };
    }
    case 'introspection':
      return introspectionData(authenticator, gateway, forward);
    case 'external':
      return externalData(authenticator, gateway, forward);
    case 'sigv4':
      throw new Error('a signature of AWS is refused by the feature table of nginx');
  }
}

function introspectionData(
  authenticator: IntrospectionAuthenticator,
  gateway: Gateway,
  forward: AuthenticatorData['forward'],
): IntrospectionData {
  const { audiences, cacheSeconds, clientId, clientSecret, roleClaim, scopeClaims } = authenticator;
  return {
    kind: 'introspection',
    location: serviceLocation(authenticator),
    clientId,
    clientSecret: secretPath(gateway, clientSecret.value) ?? '',
    ...(audiences === undefined ? {} : { audiences: audiences.value }),
    cacheSeconds,
    scopeClaims,
    roleClaim,
    forward,
  };
}

function externalData(
  authenticator: ExternalAuthenticator,
  gateway: Gateway,
  forward: AuthenticatorData['forward'],
): ExternalData {
  const { backend, cacheSeconds, name, roleClaim, scopeClaims } = authenticator;
  const credential = serviceCredential(backend.value, gateway);
  return {
    kind: 'external',
    location: serviceLocation(authenticator),
    scheme: name,
    ...(credential === undefined ? {} : { credential }),
    cacheSeconds,
    scopeClaims,
    roleClaim,
    forward,
  };
}

/** What a back end asks of the gateway, which a service behind it is shown too. */
export function serviceCredential(backend: string, gateway: Gateway): ServiceCredential | undefined {
  const credentials = proxiedBackend(gateway, backend)?.credentials?.value;
  if (credentials === undefined) return undefined;
  const { prefix, secret } = credentials;
  return { file: secretPath(gateway, secret) ?? '', ...(prefix === undefined ? {} : { prefix }) };
}

/** The internal location of the verifier's server that asks the service of an authenticator. */
export function serviceLocation(
  authenticator: BasicAuthenticator | ExternalAuthenticator | IntrospectionAuthenticator,
): string {
  if (authenticator.kind !== 'external') return `/${authenticator.kind}/${fileNameOf(authenticator.name)}`;
  const { backend, path, timeoutMs } = authenticator;
  return externalLocation({ backend: backend.value, path, timeoutMs });
}
