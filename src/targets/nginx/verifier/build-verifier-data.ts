import type { Authenticator } from '../../../model/authentication.ts';
import type { Gateway } from '../../../model/gateway.ts';
import type { Artifact } from '../../target.ts';
import { fileNameOf } from './authenticator-data.ts';
import {
  type BuiltGuard,
  buildGuard,
  type PrintedAuthenticator,
  printData,
  type ServedOperation,
} from './build-guard.ts';
import { consumerBuckets } from './consumer-data.ts';
import type { Guard, VerifierData } from './guard.ts';
import { identityData } from './identity-data.ts';
import { needsOfKeys } from './issuer-data.ts';
import {
  backendService,
  type Foundation,
  foundationOf,
  introspectionService,
  type Service,
  usersService,
} from './service.ts';
import { servicesAsked } from './services-asked.ts';

/** Guards and data of a gateway's verifier. Pure: equal gateways give the same bytes. */
export function buildVerifierData(gateway: Gateway): VerifierData {
  const authenticators = new Map(
    gateway.authenticators.map((one): [string, PrintedAuthenticator] => [one.name, printed(one, gateway)]),
  );
  const guards = new Map<string, Guard>();
  const files = new Map<string, string>();
  const services = new Map<string, Service>();
  const built = new Map<string, BuiltGuard>();
  const foundationAt = (location: string): Foundation => {
    const service = services.get(location);
    if (service === undefined) throw new Error(`no service is asked at ${location}`);
    return foundationOf(service, gateway);
  };
  for (const served of servedOperations(gateway)) {
    for (const one of servicesOf(served, gateway)) services.set(one.location, one);
    const guarded = buildGuard(served, gateway.name, authenticators, foundationAt, built);
    if (guarded === undefined) continue;
    guards.set(served.operation.id, guarded.guard);
    files.set(`data/guards/${guarded.guard.id}.json`, guarded.contents);
  }
  for (const { file, contents } of authenticators.values())
    files.set(`data/authenticators/${file}.json`, contents);
  if (gateway.authenticators.some(({ kind }) => kind === 'api-key')) {
    for (const [name, bucket] of consumerBuckets(gateway.consumers))
      files.set(`data/consumers/${name}.json`, printData(bucket));
  }
  return {
    guardOf: ({ id }) => guards.get(id),
    services: [...services.values()].sort(byLocation),
    artifacts: sortedArtifacts(files),
  };
}

function printed(authenticator: Authenticator, gateway: Gateway): PrintedAuthenticator {
  const contents = printData(identityData(authenticator, gateway));
  return {
    authenticator,
    file: fileNameOf(authenticator.name),
    contents,
    ...foundation(authenticator, gateway),
  };
}

function foundation(authenticator: Authenticator, gateway: Gateway): Foundation {
  const service = serviceOf(authenticator, gateway);
  if (service !== undefined) return foundationOf(service, gateway);
  if (authenticator.kind === 'jwt') return { decisive: '', ...needsOfKeys(authenticator) };
  const decisive = authenticator.kind === 'api-key' ? JSON.stringify(gateway.consumers.map(identityOf)) : '';
  return { decisive, readsSecret: false, waitMs: 0 };
}

function identityOf({ name, keys, groups }: Gateway['consumers'][number]): object {
  return { name, keys, groups };
}

function serviceOf(authenticator: Authenticator, gateway: Gateway): Service | undefined {
  switch (authenticator.kind) {
    case 'basic':
      return usersService(authenticator, gateway);
    case 'introspection':
      return introspectionService(authenticator);
    case 'external':
      return backendService({ ...authenticator, backend: authenticator.backend.value });
    default:
      return undefined;
  }
}

/** The services that a guarded operation may ask: those of its authenticators, then those of its policies. */
function servicesOf({ operation }: ServedOperation, gateway: Gateway): readonly Service[] {
  const { authentication, authorization } = operation.features;
  if (authentication.value.kind === 'public') return [];
  const names = new Set(authentication.value.anyOf.flat().map(({ authenticator }) => authenticator));
  const asked = (authorization ?? []).flatMap(({ value }) => servicesAsked(value));
  return [
    ...gateway.authenticators.flatMap((one) => {
      const service = names.has(one.name) ? serviceOf(one, gateway) : undefined;
      return service === undefined ? [] : [service];
    }),
    ...asked.map(backendService),
  ];
}

/** Every operation once, with all hosts and templates that serve it. */
function servedOperations(gateway: Gateway): readonly ServedOperation[] {
  const found = new Map<string, ServedOperation>();
  for (const { hosts, routes } of gateway.sites) {
    for (const { segments, operations } of routes) {
      for (const operation of operations) {
        const known = found.get(operation.id) ?? { operation, hosts: [], templates: [] };
        found.set(operation.id, {
          operation: known.operation,
          hosts: [...known.hosts, ...hosts],
          templates: [...known.templates, segments],
        });
      }
    }
  }
  return [...found.values()];
}

function sortedArtifacts(files: ReadonlyMap<string, string>): readonly Artifact[] {
  return [...files]
    .map(([path, contents]) => ({ path, contents }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function byLocation(a: Service, b: Service): number {
  return a.location < b.location ? -1 : a.location > b.location ? 1 : 0;
}
