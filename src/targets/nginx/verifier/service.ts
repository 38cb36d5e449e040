import type { BasicAuthenticator, IntrospectionAuthenticator } from '../../../model/authentication.ts';
import type { Gateway } from '../../../model/gateway.ts';
import { proxiedBackend } from '../proxied-backend.ts';
import { secretPath } from '../secrets.ts';
import { type ExternalService, externalLocation } from './external-location.ts';
import type { ServiceCredential } from './guard-data.ts';
import { serviceCredential, serviceLocation } from './identity-data.ts';

/** Something that the verifier asks through an internal location of its server. */
export type Service =
  | {
      readonly kind: 'users';
      readonly location: string;
      /** The location that compares a password with the file, which is asked over loopback. */
      readonly check: string;
      /** Path of the file of password hashes. */
      readonly file: string;
    }
  | { readonly kind: 'introspection'; readonly location: string; readonly endpoint: string }
  | ({ readonly kind: 'backend'; readonly location: string } & ExternalService);

/** What a guard rests on besides its own data. */
export interface Foundation {
  /** Everything that decides and stands in no file of an authenticator: consumers, the service that is asked. */
  readonly decisive: string;
  /** Reads a secret's file at run time. */
  readonly readsSecret: boolean;
  /** How long the service behind it may take; 0 without one. */
  readonly waitMs: number;
  /** What the service is shown of the gateway. */
  readonly credential?: ServiceCredential;
}

/** Milliseconds that an authorization server has for a connection, and for each part of its answer. */
export const introspectionTime = { connect: 2000, read: 3000 } as const;

export function usersService(authenticator: BasicAuthenticator, gateway: Gateway): Service {
  const location = serviceLocation(authenticator);
  const check = location.replace(/^\/basic\//, '/users/');
  return { kind: 'users', location, check, file: secretPath(gateway, authenticator.users.value) ?? '' };
}

export function introspectionService(authenticator: IntrospectionAuthenticator): Service {
  const endpoint = authenticator.endpoint.value;
  return { kind: 'introspection', location: serviceLocation(authenticator), endpoint };
}

export function backendService({ backend, path, timeoutMs }: ExternalService): Service {
  const asked = { backend, path, timeoutMs };
  return { kind: 'backend', location: externalLocation(asked), ...asked };
}

/** What a service adds to a guard that rests on it. */
export function foundationOf(service: Service, gateway: Gateway): Foundation {
  if (service.kind !== 'backend') {
    const waitMs = introspectionTime.connect + introspectionTime.read;
    return { decisive: JSON.stringify(service), readsSecret: true, waitMs };
  }
  const backend = proxiedBackend(gateway, service.backend);
  const credential = serviceCredential(service.backend, gateway);
  return {
    decisive: JSON.stringify([service, { ...backend, at: undefined }]),
    readsSecret: credential !== undefined,
    waitMs: 2 * service.timeoutMs,
    ...(credential === undefined ? {} : { credential }),
  };
}
