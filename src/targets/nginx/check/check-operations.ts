import type { Gateway, Operation, Route } from '../../../model/gateway.ts';
import type { Directive } from '../reparse/parse.ts';
import { argumentsOf, type Configuration, named } from './read-back.ts';

/**
 * Every operation has its one location, with its guard, its limits, its addresses and its body size, and there is no
 * location of an operation that the model does not have.
 */
export function checkOperations(gateway: Gateway, files: Configuration): readonly string[] {
  const guards = new Set(exactLocations(files.get('conf/guards.conf')).keys());
  return gateway.sites.flatMap((site, index) =>
    (['public', 'internal'] as const).flatMap((exposure) => {
      const served = site.routes.flatMap((route) =>
        route.operations
          .filter(({ features }) => features.exposure.value === exposure)
          .map((operation) => [route, operation] as const),
      );
      const locations = exactLocations(files.get(`conf/operations-${index}-${exposure}.conf`));
      const wanted = new Map(served.map(([route, operation]) => [pathOf(route, operation), operation]));
      return [
        ...[...locations.keys()]
          .filter((path) => !wanted.has(path))
          .map((path) => `The location "${path}" is nobody's.`),
        ...[...wanted].flatMap(([path, operation]) =>
          checkOperation(operation, path, locations.get(path), guards),
        ),
      ];
    }),
  );
}

function pathOf(route: Route, operation: Operation): string {
  return `/./gw/${route.id}/${operation.method}`;
}

/** Exact locations by path; of two with one path, the second is missing here and so found. */
function exactLocations(directives: readonly Directive[] | undefined): ReadonlyMap<string, Directive> {
  const found = named(directives, 'location').filter(({ args }) => args[0] === '=');
  return new Map(found.map((one) => [one.args[1] ?? '', one]));
}

function checkOperation(
  { id, features }: Operation,
  path: string,
  location: Directive | undefined,
  guards: ReadonlySet<string>,
): readonly string[] {
  const { authentication, bodySize, clientCertificate, ipAccess, limits } = features;
  if (location?.block === undefined) return [`The operation "${id}" has no location "${path}".`];
  const { block } = location;
  const found: string[] = [];
  const guard = argumentsOf(block, 'auth_request')?.[0];
  if (argumentsOf(block, 'internal') === undefined) found.push(`The location of "${id}" is not internal.`);
  if (
    authentication.value.kind === 'public' ? guard !== undefined : guard === undefined || !guards.has(guard)
  ) {
    found.push(`The location of "${id}" does not ask the guard that it needs.`);
  }
  if (argumentsOf(block, 'client_max_body_size')?.[0] !== String(bodySize.value)) {
    found.push(`The location of "${id}" does not hold its body size.`);
  }
  const refusals = named(block, 'if').filter((one) => argumentsOf(one.block, 'return')?.[0] === '403');
  const certificates = refusals.filter(({ args }) => args.join(' ').includes('$ssl_client_verify')).length;
  if (certificates !== (clientCertificate?.value === 'require' ? 1 : 0)) {
    found.push(`The location of "${id}" does not require client certificates as asked.`);
  }
  const checks = refusals.length - certificates;
  const lists =
    ipAccess === undefined ? 0 : ipAccess.value.allow.length + (ipAccess.value.deny.length > 0 ? 1 : 0);
  if (checks !== lists) found.push(`The location of "${id}" does not check its address lists.`);
  const expressible = (limits ?? []).filter(
    ({ value }) => value.period === 's' || value.period === 'm',
  ).length;
  const zones = named(block, 'limit_req').length;
  if (zones !== expressible && zones !== 0) found.push(`The location of "${id}" does not hold its limits.`);
  return found;
}
