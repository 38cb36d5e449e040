import type { Milliseconds } from '../../../model/backend.ts';
import type { BackendChoice, Gateway, Operation } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { placementOf } from '../routing/placement.ts';

/** The methods that a resource of a REST API can have besides ANY (API reference, PutMethod). */
const methods: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

/** An http_proxy integration at one resource of the tree. */
export const backend: Lowering<Sourced<BackendChoice>, OperationScope, BackendChoice> = {
  support: 'partial',
  note: 'http_proxy at a resource of the tree; a segment that is more than one parameter is checked by the authorizer',
  lower: ({ value }, { gateway, operation }): Outcome<BackendChoice> => {
    const refusal = refusalOf(value, operation, gateway);
    return refusal === undefined ? { kind: 'exact', part: value } : { kind: 'unsupported', ...refusal };
  },
};

function refusalOf(
  { backend: name, target }: BackendChoice,
  operation: Operation,
  gateway: Gateway,
): { readonly reason: string; readonly instead: string | undefined } | undefined {
  const called = gateway.backends.find((one) => one.name === name);
  if (called === undefined) return { reason: `there is no back end "${name}"`, instead: undefined };
  if (called.kind === 'lambda' && target.kind === 'template')
    return { reason: 'a function has no path that could be rewritten', instead: 'Leave rewrite out.' };
  if (!methods.has(operation.method))
    return {
      reason: `a resource has no method ${operation.method}`,
      instead: 'Offer the operation with a usual method, or set expose: none.',
    };
  const { routeOf, placedOf, parts } = placementOf(gateway);
  const route = routeOf.get(operation);
  const placed = route === undefined ? undefined : placedOf.get(route);
  if (route === undefined || placed === undefined) {
    const reason = parts
      .map(({ tree }) => (route === undefined ? undefined : tree.misplaced.get(route)?.reason))
      .find((one) => one !== undefined);
    return {
      reason: reason ?? 'it has no place in the tree of resources',
      instead: 'Change one of the paths, or serve it at another host.',
    };
  }
  if (target.kind !== 'template') return undefined;
  const part = target.pieces.value.find(
    (piece) => piece.kind === 'parameter' && !placed.variableOf.has(piece.name),
  );
  return part?.kind === 'parameter'
    ? {
        reason: `the rewrite reads "${part.name}", which is only a part of its segment`,
        instead: 'Forward the path unchanged, or make the parameter a whole segment.',
      }
    : undefined;
}

/** "50 milliseconds to 29 seconds" (Developer Guide, "Amazon API Gateway quotas": integration timeout). */
export const timeout: Lowering<Sourced<Milliseconds>, OperationScope, Milliseconds> = {
  support: 'partial',
  note: 'from 50 ms to 29 s',
  lower: ({ value }): Outcome<Milliseconds> =>
    value >= 50 && value <= 29_000
      ? { kind: 'exact', part: value }
      : {
          kind: 'unsupported',
          reason: `an integration waits from 50 ms to 29 s, not ${value} ms`,
          instead: 'Answer earlier with 202 and let clients ask again, or write a timeout of at most 29s.',
        },
};
