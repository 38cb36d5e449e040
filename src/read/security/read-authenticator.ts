import type { Report } from '../../diagnostics/diagnostic.ts';
import { type AuthenticatorBlock, kindOfAuthenticator } from '../../extension/index.ts';
import { canonicalUrl } from '../../extension/values/url.ts';
import type { Algorithm, Authenticator } from '../../model/authentication.ts';
import type { Sourced } from '../../model/origin.ts';
import type { SecurityScheme } from '../../openapi/document.ts';
import { byName } from '../by-name.ts';
import { credentialPlaces } from './credential-place.ts';
import { type KeyContext, readIssuers } from './read-issuers.ts';
import { readLogin } from './read-login.ts';
import { areSuitable, type DeclaredScheme } from './scheme-kinds.ts';

const defaultAlgorithms: readonly Algorithm[] = ['RS256', 'ES256', 'PS256'];
const defaultClockSkewSeconds = 30;
const defaultIntrospectionCacheSeconds = 30;
const defaultExternalTimeoutMs = 1000;

type Shared = Pick<Authenticator, 'name' | 'from' | 'forward' | 'stripToken' | 'login' | 'at'>;

/**
 * The authenticator of the security schemes that have its name (one for each document), or undefined after a report.
 * Pinned keys are read from their file; the credential is where the schemes say unless `from` says otherwise.
 */
export function readAuthenticator(
  name: string,
  block: Sourced<AuthenticatorBlock>,
  declared: readonly DeclaredScheme[],
  context: KeyContext,
  report: Report,
): Authenticator | undefined {
  const schemes = declared.map(({ scheme }) => scheme);
  const kind = kindOfAuthenticator(block.value);
  if (!areSuitable(kind, declared, block.at, report)) return undefined;
  const from = credentialPlaces(block, schemes, report);
  if (from === undefined) return undefined;
  const shared: Shared = {
    name,
    from,
    forward: forwardedFacts(block.value.forward),
    stripToken: kind === 'api-key' || (block.value.stripToken?.value ?? false),
    login: readLogin(block.value.login, schemes),
    at: block.at,
  };
  return kind === 'jwt' ? readJwt(shared, block, schemes, context, report) : readOpaque(shared, block.value);
}

function readJwt(
  shared: Shared,
  { value: block, at }: Sourced<AuthenticatorBlock>,
  schemes: readonly SecurityScheme[],
  context: KeyContext,
  report: Report,
): Authenticator | undefined {
  const algorithms = values(block.algorithms) ?? { value: defaultAlgorithms, at };
  const issuers = readIssuers(shared.name, { value: block, at }, schemes, algorithms.value, context, report);
  if (issuers === undefined) return undefined;
  const skew = block.clockSkew;
  return {
    kind: 'jwt',
    ...shared,
    issuers,
    algorithms,
    clockSkewSeconds:
      skew === undefined ? { value: defaultClockSkewSeconds, at } : { value: skew.value / 1000, at: skew.at },
    ...claimsOf(block),
  };
}

/** Every kind but JSON Web Tokens. */
function readOpaque(shared: Shared, block: AuthenticatorBlock): Authenticator | undefined {
  const { introspection, users, certificate, external } = block;
  if (introspection !== undefined) {
    const { url, clientId, clientSecret, cache } = introspection.value;
    return {
      kind: 'introspection',
      ...shared,
      endpoint: { value: canonicalUrl(url.value), at: url.at },
      clientId: clientId.value,
      clientSecret,
      audiences: values(block.audiences),
      cacheSeconds: cache === undefined ? defaultIntrospectionCacheSeconds : cache.value / 1000,
      ...claimsOf(block),
    };
  }
  if (external !== undefined) {
    const { backend, path, timeout, cache } = external.value;
    return {
      kind: 'external',
      ...shared,
      backend,
      path: path?.value ?? '/',
      timeoutMs: timeout?.value ?? defaultExternalTimeoutMs,
      cacheSeconds: (cache?.value ?? 0) / 1000,
      ...claimsOf(block),
    };
  }
  if (certificate !== undefined) {
    const { ca, subjects } = certificate.value;
    return { kind: 'certificate', ...shared, ca, subjects: values(subjects) };
  }
  if (users !== undefined) return { kind: 'basic', ...shared, users };
  return block.keys === undefined
    ? undefined
    : { kind: 'api-key', ...shared, keys: { value: 'consumers', at: block.keys.at } };
}

function claimsOf(block: AuthenticatorBlock) {
  return {
    scopeClaims: block.scopeClaim === undefined ? [['scope'], ['scp']] : [block.scopeClaim.value],
    roleClaim: block.roleClaim?.value ?? ['roles'],
  };
}

/** The consumer is the subject of an API key. */
function forwardedFacts(block: AuthenticatorBlock['forward']): Authenticator['forward'] {
  return byName(block?.value ?? []).map(([header, { value: fact }]) => ({
    header,
    fact: fact.kind === 'claim' ? { kind: 'claim', claim: fact.claim } : { kind: 'subject' },
  }));
}

function values<T>(list: Sourced<readonly Sourced<T>[]> | undefined): Sourced<readonly T[]> | undefined {
  return list === undefined ? undefined : { value: list.value.map(({ value }) => value), at: list.at };
}
