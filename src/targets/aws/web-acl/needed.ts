import type { Gateway } from '../../../model/gateway.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import { isCounted } from '../limits/counted.ts';
import { commonAccess } from '../template/resource-policy.ts';

/** Whether something is done by AWS WAF; the path profile then is exact (BEHAVIOUR.md §2.2). */
export function needsWebAcl(gateway: Gateway): boolean {
  const found = known.get(gateway) ?? isNeeded(gateway);
  known.set(gateway, found);
  return found;
}

/** Every operation asks. */
const known = new WeakMap<Gateway, boolean>();

function isNeeded(gateway: Gateway): boolean {
  if (hasDistribution(gateway) || gateway.waf !== undefined || gateway.geo !== undefined) return true;
  const operations = gateway.sites.flatMap(({ routes }) => routes.flatMap((route) => route.operations));
  const listed = operations.some(({ features }) => features.ipAccess !== undefined);
  if (listed && commonAccess(gateway) === undefined) return true;
  return operations.some(({ features }) => features.limits?.some(({ value }) => isCounted(value, gateway)));
}
