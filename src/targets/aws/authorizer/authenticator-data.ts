import type { Authenticator, JwtAuthenticator, KeySource } from '../../../model/authentication.ts';
import type { Gateway } from '../../../model/gateway.ts';
import type { AuthenticatorData, JwtData, KeySourceData } from './authorizer-data.ts';
import { backendService, introspectionService } from './service-data.ts';
import type { Sources } from './sources.ts';

/** What the credentials of an authenticator are checked by. */
export function authenticatorData(authenticator: Authenticator, sources: Sources): AuthenticatorData {
  const forward = forwardData(authenticator, sources.gateway);
  switch (authenticator.kind) {
    case 'jwt':
      return jwtData(authenticator, forward, sources);
    case 'api-key':
      return { kind: 'api-key', forward };
    case 'basic':
      return { kind: 'basic', users: sources.secret(authenticator.users.value), forward };
    case 'certificate': {
      const subjects = authenticator.subjects?.value;
      return { kind: 'certificate', ...(subjects === undefined ? {} : { subjects }), forward };
    }
    case 'introspection': {
      const { audiences, cacheSeconds, roleClaim, scopeClaims } = authenticator;
      return {
        kind: 'introspection',
        service: introspectionService(authenticator, sources),
        ...(audiences === undefined ? {} : { audiences: audiences.value }),
        cacheSeconds,
        scopeClaims,
        roleClaim,
        forward,
      };
    }
    case 'external': {
      const { backend, cacheSeconds, name, roleClaim, scopeClaims } = authenticator;
      const service = backendService({ ...authenticator, backend: backend.value }, sources);
      return { kind: 'external', service, scheme: name, cacheSeconds, scopeClaims, roleClaim, forward };
    }
    case 'sigv4':
      throw new Error('AWS IAM decides about signatures');
  }
}

function forwardData({ forward }: Authenticator, { ownedHeaders }: Gateway): AuthenticatorData['forward'] {
  return forward.map(({ header, fact }) => ({
    header: ownedHeader(header, ownedHeaders),
    ...(fact.kind === 'claim' ? { claim: fact.claim } : {}),
  }));
}

/** The place of a header among those that the gateway owns. */
export function ownedHeader(name: string, ownedHeaders: readonly string[]): number {
  const place = ownedHeaders.findIndex((owned) => owned.toLowerCase() === name.toLowerCase());
  if (place < 0) throw new Error(`the gateway does not own ${name}`);
  return place;
}

function jwtData(
  { algorithms, clockSkewSeconds, issuers, roleClaim, scopeClaims }: JwtAuthenticator,
  forward: AuthenticatorData['forward'],
  sources: Sources,
): JwtData {
  return {
    kind: 'jwt',
    issuers: issuers.value.map(({ audiences, issuer, keys }) => ({
      issuer: issuer.value,
      audiences: audiences.value,
      keys: keySourceData(keys.value, issuer.value, sources),
    })),
    algorithms: algorithms.value,
    skew: clockSkewSeconds.value,
    scopeClaims,
    roleClaim,
    forward,
  };
}

function keySourceData(source: KeySource, issuer: string, { keySets, secret }: Sources): KeySourceData {
  switch (source.kind) {
    case 'pinned':
      return {
        kind: 'pinned',
        keys: source.keys.map(({ algorithms, jwk, kid }) => ({
          ...(kid === undefined ? {} : { kid }),
          algorithms,
          jwk,
        })),
      };
    case 'remote':
      return { kind: 'fetched', keySet: keySets.placeOf({ url: source.url }) };
    case 'discovery':
      return { kind: 'fetched', keySet: keySets.placeOf({ url: source.url, issuer }) };
    case 'stored':
    case 'shared':
      return { kind: source.kind, secret: secret(source.secret) };
  }
}
