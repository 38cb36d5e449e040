import { createHash } from 'node:crypto';
import type { Authentication, Authenticator, CredentialPlace } from '../../../model/authentication.ts';
import type { Host, Operation } from '../../../model/gateway.ts';
import type { Segment } from '../../../model/path.ts';
import { callList } from './call-list.ts';
import { bearerChallenge, challengesOf, scopeChallenge } from './challenge.ts';
import type { Guard, VerifierInput } from './guard.ts';
import type {
  Alternative,
  CrossSite,
  GuardAuthenticator,
  GuardCall,
  GuardData,
  PathPattern,
  Place,
} from './guard-data.ts';
import { type InputList, inputList } from './input-list.ts';
import { pathPattern } from './path-pattern.ts';
import { pathParameters, policySteps } from './policy-steps.ts';
import type { Foundation } from './service.ts';

/** An operation with every place where it is served. */
export interface ServedOperation {
  readonly operation: Operation;
  readonly hosts: readonly Host[];
  readonly templates: readonly (readonly Segment[])[];
}

/** An authenticator with its printed data file. */
export interface PrintedAuthenticator extends Foundation {
  readonly authenticator: Authenticator;
  readonly file: string;
  readonly contents: string;
}

export interface BuiltGuard {
  readonly guard: Guard;
  readonly contents: string;
}

/** Methods that other sites can use without being able to do harm (RFC 9110 §9.2.1). */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * The guard of an operation; `undefined` for a public one. Throws when it names an authenticator that is not there.
 * `built` keeps the guards of one gateway: thousands of operations share a few, and hashing costs most.
 */
export function buildGuard(
  served: ServedOperation,
  realm: string,
  known: ReadonlyMap<string, PrintedAuthenticator>,
  serviceAt: (location: string) => Foundation,
  built: Map<string, BuiltGuard>,
): BuiltGuard | undefined {
  const authentication = served.operation.features.authentication.value;
  if (authentication.kind === 'public') return undefined;
  const inputs = inputList();
  const used = usedAuthenticators(authentication, known);
  const authenticators = used.map((one) => guardAuthenticator(one, inputs));
  const crossSite = crossSiteOf(served, authenticators, inputs);
  const conjuncts = served.operation.features.authorization ?? [];
  const calls = callList();
  const policies = conjuncts.map(({ value }) => policySteps(value, served.operation.method, inputs, calls));
  const locations = calls.all().map(({ location }) => location);
  const services = locations.map(serviceAt);
  const readsSecret = [...used, ...services].some((one) => one.readsSecret);
  if (readsSecret) inputs.indexOf({ kind: 'process' });
  const data: GuardData = {
    challenges: challengesOf(
      realm,
      used.map(({ authenticator }) => authenticator.kind),
    ),
    bearer: bearerChallenge(realm),
    optional: authentication.kind === 'optional',
    authenticators,
    alternatives: alternativesOf(authentication, used, realm),
    ...(crossSite === undefined ? {} : { crossSite }),
    policies,
    paths: pathsOf(served, new Set(policies.flatMap(pathParameters))),
    ...(services.length === 0 ? {} : { calls: calls.all().map((call) => shown(call, serviceAt)) }),
  };
  const same = JSON.stringify([data, inputs.all(), used.map(({ file }) => file), locations]);
  const guard = built.get(same) ?? printedGuard(data, inputs.all(), used, services);
  built.set(same, guard);
  return guard;
}

function printedGuard(
  data: GuardData,
  inputs: readonly VerifierInput[],
  used: readonly PrintedAuthenticator[],
  services: readonly Foundation[],
): BuiltGuard {
  const decisive = [
    ...used.map(({ contents }) => contents),
    ...[...used, ...services].map((one) => one.decisive),
  ];
  const waitMs = [...used, ...services].reduce((sum, one) => sum + one.waitMs, 0);
  return { guard: { id: guardId(data, inputs, decisive), inputs, waitMs }, contents: printData(data) };
}

/** Data for people and for the verifier: the same bytes for equal data. */
export function printData(data: object): string {
  return `${JSON.stringify(data, undefined, 1)}\n`;
}

/** A call with what its service is shown of the gateway. */
function shown(call: GuardCall, serviceAt: (location: string) => Foundation): GuardCall {
  const { credential } = serviceAt(call.location);
  return { ...call, ...(credential === undefined ? {} : { credential }) };
}

type Protected = Exclude<Authentication, { readonly kind: 'public' }>;

/** In the order of first use. */
function usedAuthenticators(
  { anyOf }: Protected,
  known: ReadonlyMap<string, PrintedAuthenticator>,
): readonly PrintedAuthenticator[] {
  const names = new Set(
    anyOf.flatMap((alternative) => alternative.map(({ authenticator }) => authenticator)),
  );
  return [...names].map((name) => {
    const found = known.get(name);
    if (found === undefined) throw new Error(`no authenticator is called ${name}`);
    return found;
  });
}

function guardAuthenticator(
  { authenticator, file }: PrintedAuthenticator,
  inputs: InputList,
): GuardAuthenticator {
  if (authenticator.kind === 'certificate') {
    return { file, places: [{ kind: 'certificate', input: inputs.indexOf({ kind: 'certificate' }) }] };
  }
  return {
    file,
    places: authenticator.from.value.map((place) => placeOf(place, authenticator.kind, inputs)),
  };
}

function placeOf(place: CredentialPlace, kind: Authenticator['kind'], inputs: InputList): Place {
  if (place.kind === 'query')
    return { kind: 'query', input: inputs.indexOf({ kind: 'query' }), name: place.name };
  const input = inputOf(place);
  const scheme = kind === 'api-key' ? 'header' : kind === 'basic' ? 'basic' : 'bearer';
  return { kind: input.kind === 'authorization' ? scheme : input.kind, input: inputs.indexOf(input) };
}

function inputOf(
  place: Exclude<CredentialPlace, { readonly kind: 'query' }>,
): Extract<VerifierInput, { readonly kind: 'authorization' | 'cookie' | 'header' }> {
  if (place.kind === 'cookie') return { kind: 'cookie', name: place.name };
  const name = place.name.toLowerCase();
  return name === 'authorization' ? { kind: 'authorization' } : { kind: 'header', name };
}

function alternativesOf(
  { anyOf }: Protected,
  used: readonly PrintedAuthenticator[],
  realm: string,
): readonly Alternative[] {
  return anyOf
    .filter((alternative) => alternative.length > 0)
    .map((alternative) => ({
      requirements: alternative.map(({ authenticator, scopes }) => ({
        authenticator: used.findIndex((one) => one.authenticator.name === authenticator),
        scopes,
      })),
      challenge: scopeChallenge(
        realm,
        alternative.flatMap(({ scopes }) => scopes),
      ),
    }));
}

function crossSiteOf(
  { operation, hosts }: ServedOperation,
  authenticators: readonly GuardAuthenticator[],
  inputs: InputList,
): CrossSite | undefined {
  if (safeMethods.has(operation.method)) return undefined;
  if (!authenticators.some(({ places }) => places.some(({ kind }) => kind === 'cookie'))) return undefined;
  return {
    origin: inputs.indexOf({ kind: 'origin' }),
    fetchSite: inputs.indexOf({ kind: 'fetchSite' }),
    origins: [...new Set(hosts.map(originOf))].sort(),
  };
}

/** Serialised as browsers do (RFC 6454 §6.2). */
function originOf({ scheme, name, port }: Host): string {
  const isDefault = port === (scheme === 'https' ? 443 : 80);
  return `${scheme}://${name}${isDefault ? '' : `:${port}`}`;
}

function pathsOf({ templates }: ServedOperation, read: ReadonlySet<string>): readonly PathPattern[] {
  if (read.size === 0) return [];
  const patterns = templates.map((segments) => pathPattern(segments, read));
  return patterns.filter(
    ({ pattern }, index) => patterns.findIndex((other) => other.pattern === pattern) === index,
  );
}

/** Everything that decides takes part, so that no decision outlives a change of it. */
function guardId(data: GuardData, inputs: readonly VerifierInput[], decisive: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([data, inputs, decisive]))
    .digest('hex')
    .slice(0, 32);
}
