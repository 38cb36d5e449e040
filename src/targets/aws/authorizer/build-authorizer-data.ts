import type { Gateway } from '../../../model/gateway.ts';
import { ownedHeader } from './authenticator-data.ts';
import type {
  AuthorizerData,
  ClientAddress,
  ConsumerKey,
  GuardData,
  TemplateData,
} from './authorizer-data.ts';
import { type Caching, callerCaching, pathCaching, uncached } from './cached-decisions.ts';
import { callerData, listedAuthenticators } from './caller-data.ts';
import { type ApiKind, type GuardUse, guardUse } from './guard-use.ts';
import { type Numbered, numbered } from './numbered.ts';
import { requestFacts } from './policy-data.ts';
import type { ServedOperation } from './served-operation.ts';
import { type Sources, sourcesOf } from './sources.ts';
import { hasMixedSegment, hasParameters, templateData } from './template-data.ts';

export interface AuthorizerOptions {
  readonly api: ApiKind;
  readonly served: readonly ServedOperation[];
  readonly address: ClientAddress;
  /**
   * Who refuses paths that are not canonical: `authorizer` looks at the path of every guarded request with parameters,
   * which then is part of the key of kept decisions; `elsewhere` is a distribution or a firewall in front.
   */
  readonly pathProfile: 'authorizer' | 'elsewhere';
}

/** Everything that the emission needs to know of the authorizer. */
export interface BuiltAuthorizer {
  readonly data: AuthorizerData;
  /** Undefined for an operation that nobody guards. */
  readonly guardOf: (served: Place) => GuardUse | undefined;
}

/** An operation where it is served. */
type Place = Pick<ServedOperation, 'operation' | 'resourcePath'>;

/** Guard and template of an operation. */
type Entry = AuthorizerData['operations'][string];

interface BuiltGuard {
  readonly guard: GuardData;
  readonly caching: Caching;
  readonly template: TemplateData | undefined;
}

/** Data of a gateway's authorizer, and the guard of each operation. Pure: equal gateways give the same data. */
export function buildAuthorizerData(gateway: Gateway, options: AuthorizerOptions): BuiltAuthorizer {
  const sources = sourcesOf(gateway);
  const guards = numbered<GuardData>();
  const templates = numbered<TemplateData>();
  const operations = new Map<string, Entry>();
  const built = new Map<string, BuiltGuard>();
  for (const served of options.served) {
    const found = buildGuard(served, options, sources);
    if (found === undefined) continue;
    built.set(placeKey(served), found);
    const entry = entryOf(found, guards, templates);
    for (const method of served.methods) enter(operations, `${method} ${served.resourcePath}`, entry);
  }
  const data: AuthorizerData = {
    operations: Object.fromEntries([...operations].sort(byFirst)),
    guards: guards.all(),
    templates: templates.all(),
    authenticators: sources.authenticators.all(),
    consumers: consumersOf(gateway, sources),
    keySets: sources.keySets.all(),
    services: sources.services.all(),
    secrets: sources.secrets.all(),
    address: options.address,
    ownedHeaders: gateway.ownedHeaders.length,
    certificateParts: certificatePartsOf(gateway),
  };
  return {
    data,
    guardOf: (served) => {
      const found = built.get(placeKey(served));
      return found && guardUse(decisiveOf(found, data), found.caching, options.api);
    },
  };
}

/** Another guard in its place would take effect in silence: what is served twice must be guarded alike. */
function enter(operations: Map<string, Entry>, key: string, entry: Entry): void {
  const known = operations.get(key);
  if (known !== undefined && known.join() !== entry.join())
    throw new RangeError(`two operations with different guards are served as ${key}`);
  operations.set(key, entry);
}

function placeKey({ operation, resourcePath }: Place): string {
  return `${operation.id} ${resourcePath}`;
}

function entryOf(
  { guard, template }: BuiltGuard,
  guards: Numbered<GuardData>,
  templates: Numbered<TemplateData>,
): Entry {
  const place = guards.placeOf(guard);
  return template === undefined ? [place] : [place, templates.placeOf(template)];
}

function buildGuard(
  served: ServedOperation,
  options: AuthorizerOptions,
  sources: Sources,
): BuiltGuard | undefined {
  const asked = served.operation.features.authentication.value;
  const forwardsCertificate = certificatePartsOf(sources.gateway).length > 0;
  const isMixed = hasMixedSegment(served.segments);
  if (asked.kind === 'public') {
    if (!isMixed && !forwardsCertificate) return undefined;
    const caching = forwardsCertificate ? uncached : pathCaching();
    return {
      guard: { ttlSeconds: caching.ttlSeconds },
      caching,
      template: isMixed ? templateData(served) : undefined,
    };
  }
  const caller = callerData(served, asked, sources);
  const readsPath = caller.policies.flatMap(requestFacts).includes('path');
  const usesPath =
    isMixed || (hasParameters(served.segments) && (readsPath || options.pathProfile === 'authorizer'));
  const authenticators = listedAuthenticators(asked, sources);
  const caching = forwardsCertificate ? uncached : callerCaching(asked, authenticators, caller, usesPath);
  return {
    guard: { ttlSeconds: caching.ttlSeconds, ...caller },
    caching,
    template: usesPath ? templateData(served) : undefined,
  };
}

function certificatePartsOf({ ownedHeaders, tls }: Gateway): AuthorizerData['certificateParts'] {
  return (tls.clientCertificate?.value.forward ?? []).map(({ header, part }) => ({
    header: ownedHeader(header, ownedHeaders),
    part,
  }));
}

function consumersOf({ consumers }: Gateway, { authenticators }: Sources): AuthorizerData['consumers'] {
  const known = new Map<string, ConsumerKey[]>();
  if (!authenticators.all().some(({ kind }) => kind === 'api-key')) return {};
  for (const { groups, keys, name } of consumers) {
    for (const hash of keys) {
      const start = hash.slice(0, 4);
      known.set(start, [...(known.get(start) ?? []), [hash, name, groups]]);
    }
  }
  return Object.fromEntries([...known].sort(byFirst));
}

/** A guard with what its numbers stand for. */
function decisiveOf({ guard, template }: BuiltGuard, data: AuthorizerData): unknown {
  const used = (guard.authenticators ?? []).map(({ authenticator }) => data.authenticators[authenticator]);
  const rest = { ...data, operations: {}, guards: [], templates: [], authenticators: [] };
  return [guard, template ?? null, used, rest];
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
