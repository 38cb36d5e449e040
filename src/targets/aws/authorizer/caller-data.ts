import type { Authentication, Authenticator, CredentialPlace } from '../../../model/authentication.ts';
import type { Host } from '../../../model/gateway.ts';
import { authenticatorData } from './authenticator-data.ts';
import type { Alternative, CallData, CallerData, Place } from './authorizer-data.ts';
import { scopeChallenge } from './challenge.ts';
import { numbered } from './numbered.ts';
import { policyData } from './policy-data.ts';
import type { ServedOperation } from './served-operation.ts';
import { authorityOf } from './service-data.ts';
import type { Sources } from './sources.ts';

/** RFC 9110 §9.2.1. */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

export type Protected = Exclude<Authentication, { readonly kind: 'public' }>;

/** Who may call an operation. */
export function callerData(served: ServedOperation, asked: Protected, sources: Sources): CallerData {
  const { authorization = [] } = served.operation.features;
  const { method } = served.operation;
  const used = listedAuthenticators(asked, sources);
  const calls = numbered<CallData>();
  const realm = sources.gateway.name;
  const origins = originsOf(served, used);
  return {
    optional: asked.kind === 'optional',
    authenticators: used.map((one) => ({
      authenticator: sources.authenticators.placeOf(authenticatorData(one, sources)),
      places: placesOf(one),
    })),
    alternatives: asked.anyOf
      .filter((alternative) => alternative.length > 0)
      .map((alternative): Alternative => {
        const requirements = alternative.map(({ authenticator, scopes }) => ({
          authenticator: used.findIndex(({ name }) => name === authenticator),
          scopes,
        }));
        const scopes = alternative.flatMap((one) => one.scopes);
        return { requirements, challenge: scopeChallenge(realm, scopes) };
      }),
    ...(origins === undefined ? {} : { origins }),
    policies: authorization.map(({ value }) => policyData(value, { method, calls, sources })),
    calls: calls.all(),
    challenge: scopeChallenge(realm),
  };
}

/** In the order of first use. */
export function listedAuthenticators(
  { anyOf }: Protected,
  { gateway }: Pick<Sources, 'gateway'>,
): readonly Authenticator[] {
  return [...new Set(anyOf.flat().map(({ authenticator }) => authenticator))].map((name) => {
    const found = gateway.authenticators.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no authenticator is called ${name}`);
    return found;
  });
}

function placesOf(authenticator: Authenticator): readonly Place[] {
  if (authenticator.kind === 'certificate') return [{ kind: 'certificate' }];
  return authenticator.from.value.map((place) => placeOf(place, authenticator.kind));
}

function placeOf({ kind, name }: CredentialPlace, of: Authenticator['kind']): Place {
  if (kind !== 'header') return { kind, name };
  const header = name.toLowerCase();
  if (header !== 'authorization' || of === 'api-key') return { kind, name: header };
  return { kind: of === 'basic' ? 'basic' : 'bearer' };
}

/** What a browser's Origin must be where a cookie authenticates an unsafe method (BEHAVIOUR.md R11). */
function originsOf(
  { hosts, operation }: ServedOperation,
  authenticators: readonly Authenticator[],
): readonly string[] | undefined {
  const takesCookies = authenticators.some(({ from }) => from.value.some(({ kind }) => kind === 'cookie'));
  if (!takesCookies || safeMethods.has(operation.method)) return undefined;
  return [...new Set(hosts.map(originOf))].sort();
}

/** Serialised as browsers do (RFC 6454 §6.2). */
function originOf(host: Host): string {
  return `${host.scheme}://${authorityOf(host)}`;
}
