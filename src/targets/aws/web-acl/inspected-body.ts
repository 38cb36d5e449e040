import type { Operation } from '../../../model/gateway.ts';
import type { Waf, WafMode } from '../../../model/inspection.ts';
import type { AwsPlan } from '../plan.ts';
import { inspectedBytes } from './body-rules.ts';
import { operationScope } from './operation-scope.ts';
import { answer, type Rule } from './rule.ts';
import { all, bodyIsLongerThan } from './statement.ts';

/** What nobody inspects is refused where inspection blocks (BEHAVIOUR.md W2). */
export function bodyRule(
  plan: AwsPlan,
  { rules }: Waf,
  modeOf: (operation: Operation) => WafMode | undefined,
): Rule | undefined {
  if (!rules.some((one) => one === 'owasp-crs' || one === 'known-bad-inputs')) return undefined;
  const scope = operationScope(plan, (operation) => modeOf(operation) === 'block');
  if (scope === undefined) return undefined;
  const longer = bodyIsLongerThan(inspectedBytes);
  const { json, capacity } = scope === 'everything' ? longer : all([scope, longer]);
  return { name: 'body-not-inspected', capacity, action: answer(413, 'body-too-large'), statement: json };
}
