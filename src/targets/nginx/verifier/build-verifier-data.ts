import type { Gateway } from '../../../model/gateway.ts';
import type { Artifact } from '../../target.ts';
import { authenticatorData, fileNameOf } from './authenticator-data.ts';
import { buildGuard, type PrintedAuthenticator, printData, type ServedOperation } from './build-guard.ts';
import type { Guard, VerifierData } from './guard.ts';

/** Guards and data of a gateway's verifier. Pure: equal gateways give the same bytes. */
export function buildVerifierData(gateway: Gateway): VerifierData {
  const authenticators = new Map(
    gateway.authenticators.map((authenticator): [string, PrintedAuthenticator] => {
      const contents = printData(authenticatorData(authenticator, gateway.ownedHeaders));
      return [authenticator.name, { authenticator, file: fileNameOf(authenticator.name), contents }];
    }),
  );
  const guards = new Map<string, Guard>();
  const files = new Map<string, string>();
  for (const served of servedOperations(gateway)) {
    const built = buildGuard(served, gateway.name, authenticators);
    if (built === undefined) continue;
    guards.set(served.operation.id, built.guard);
    files.set(`data/guards/${built.guard.id}.json`, built.contents);
  }
  for (const { file, contents } of authenticators.values())
    files.set(`data/authenticators/${file}.json`, contents);
  return { guardOf: ({ id }) => guards.get(id), artifacts: sortedArtifacts(files) };
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
