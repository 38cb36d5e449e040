import type { Gateway, Operation } from '../../../model/gateway.ts';
import { methodsOf } from '../methods-of.ts';

const known = new WeakMap<Gateway, ReadonlySet<Operation>>();

/** Whether an operation also serves HEAD, which is a method of its own to a stage. */
export function bringsHead(operation: Operation, gateway: Gateway): boolean {
  const found = known.get(gateway) ?? withHead(gateway);
  known.set(gateway, found);
  return found.has(operation);
}

function withHead({ sites }: Gateway): ReadonlySet<Operation> {
  const routes = sites.flatMap((site) => site.routes);
  return new Set(
    routes.flatMap((route) => route.operations.filter((one) => methodsOf(one, route).length > 1)),
  );
}
