import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import type { Authenticator } from '../model/authentication.ts';
import type { OperationFeatures } from '../model/gateway.ts';
import type { Origin } from '../model/origin.ts';
import type { Expression } from '../model/policy.ts';
import { nameUnused } from './diagnostics.ts';
import type { MergedRoot } from './root/merge-roots.ts';

/** Warns of back ends, authenticators and policies that no operation uses. */
export function checkReferences(
  root: MergedRoot,
  authenticators: readonly Authenticator[],
  operations: readonly OperationFeatures[],
  report: Report,
): void {
  const policies = new Set<string>();
  const services = new Set<string>(askedServices(authenticators));
  for (const { authorization } of operations) {
    for (const { value } of authorization ?? []) collectNames(value, policies, services);
  }
  reportUnused(
    'back end',
    root.backends,
    new Set([...operations.map(({ backend }) => backend.value.backend), ...services]),
    report,
  );
  reportUnused('authenticator', root.authenticators, new Set(operations.flatMap(authenticatorsOf)), report);
  reportUnused('policy', root.policies, policies, report);
}

/** Back ends that decide about credentials. */
function askedServices(authenticators: readonly Authenticator[]): readonly string[] {
  return authenticators.flatMap((one) => (one.kind === 'external' ? [one.backend.value] : []));
}

function authenticatorsOf({ authentication }: OperationFeatures): readonly string[] {
  const { value } = authentication;
  return value.kind === 'public' ? [] : value.anyOf.flat().map(({ authenticator }) => authenticator);
}

/** Names of policies, and of back ends that policies ask. */
function collectNames(expression: Expression, policies: Set<string>, services: Set<string>): void {
  switch (expression.kind) {
    case 'all':
    case 'any':
      for (const one of expression.of) collectNames(one, policies, services);
      return;
    case 'not':
      collectNames(expression.of, policies, services);
      return;
    case 'policy':
      if (policies.has(expression.name)) return;
      policies.add(expression.name);
      collectNames(expression.is, policies, services);
      return;
    case 'external':
      services.add(expression.backend);
      return;
    default:
      return;
  }
}

function reportUnused(
  kind: string,
  declared: ReadonlyMap<string, { readonly at: Origin }>,
  used: ReadonlySet<string>,
  report: Report,
): void {
  for (const [name, { at }] of declared) {
    if (!used.has(name)) report(diagnostic(nameUnused, at, { kind, name }, { side: 'key' }));
  }
}
