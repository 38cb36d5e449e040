import type { Gateway } from '../../../model/gateway.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import { isCounted } from '../limits/counted.ts';
import { pathPart } from '../routing/path-part.ts';
import { commonAccess } from '../template/resource-policy.ts';

/** Whether something must be done by AWS WAF; the path profile then is exact (BEHAVIOUR.md §2.2). */
export function needsWebAcl(gateway: Gateway): boolean {
  const found = known.get(gateway) ?? isNeeded(gateway);
  known.set(gateway, found);
  return found;
}

/** Every operation asks. */
const known = new WeakMap<Gateway, boolean>();

function isNeeded(gateway: Gateway): boolean {
  if (hasDistribution(gateway) || forwardsVariables(gateway)) return true;
  if (gateway.waf !== undefined || gateway.geo !== undefined) return true;
  const operations = gateway.sites.flatMap(({ routes }) => routes.flatMap((route) => route.operations));
  const listed = operations.some(({ features }) => features.ipAccess !== undefined);
  if (listed && commonAccess(gateway) === undefined) return true;
  return operations.some(({ features }) => features.limits?.some(({ value }) => isCounted(value, gateway)));
}

/**
 * API Gateway writes the decoded value of a path variable into the address of a back end ("Amazon API Gateway important
 * notes": request parameters are decoded before they are passed on): dot segments and encoded slashes would lead to what
 * other operations guard. Something in front must refuse such paths, also on public operations, which nobody else sees.
 */
function forwardsVariables({ backends, sites }: Gateway): boolean {
  const http = new Set(backends.flatMap(({ kind, name }) => (kind === 'http' ? [name] : [])));
  return sites.some(({ routes }) =>
    routes.some(
      ({ operations, segments }) =>
        segments.some((segment) => pathPart(segment)?.kind === 'variable') &&
        operations.some(
          ({ features: { backend, mock } }) => mock === undefined && http.has(backend.value.backend),
        ),
    ),
  );
}
