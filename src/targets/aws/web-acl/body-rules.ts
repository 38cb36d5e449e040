import type { AwsPlan } from '../plan.ts';
import { operationScope } from './operation-scope.ts';
import { numberAbove } from './regex.ts';
import { answer, type Rule } from './rule.ts';
import { all, any, bodyIsLongerThan, headerMatches } from './statement.ts';

/** What API Gateway takes at most; it answers 413 itself beyond. */
const largestBody = 10 * 1024 * 1024;

/** As much of a body as a web ACL can be shown (AWS WAF Developer Guide, "Considerations for managing body inspection"). */
export const inspectedBytes = 64 * 1024;

/**
 * A rule for each size of bodies that is below what API Gateway takes: by the declared length, and where AWS WAF is shown
 * that much of the body, by what came.
 */
export function bodyRules(plan: AwsPlan): readonly Rule[] {
  const operations = plan.apis.flatMap((api) => api.operations.map(({ operation }) => operation));
  const sizes = [...new Set(operations.map(({ features }) => features.bodySize.value))].sort((a, b) => a - b);
  return sizes.flatMap((size) => {
    const scope = operationScope(plan, ({ features }) => features.bodySize.value === size);
    if (size >= largestBody || scope === undefined) return [];
    const declared = headerMatches('content-length', numberAbove(size));
    const larger = size <= inspectedBytes ? any([declared, bodyIsLongerThan(size)]) : declared;
    const { json, capacity } = scope === 'everything' ? larger : all([scope, larger]);
    return [{ name: `body-above-${size}`, capacity, action: answer(413, 'body-too-large'), statement: json }];
  });
}
