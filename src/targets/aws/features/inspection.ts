import type { Gateway } from '../../../model/gateway.ts';
import type { Geo, Waf, WafMode } from '../../../model/inspection.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { isStated } from '../stated.ts';
import { inspectedBytes } from '../web-acl/body-rules.ts';
import { managedGroups } from '../web-acl/managed-groups.ts';

/** AWS WAF inspects the beginning of a body; where inspection blocks, what is longer is refused. */
export const waf: Lowering<Sourced<WafMode>, OperationScope, WafMode> = {
  support: 'partial',
  note: 'see the rules of the gateway; bodies above 64 KB are refused where inspection blocks',
  lower: ({ value }, { gateway, operation }): Outcome<WafMode> => {
    if (gateway.waf === undefined)
      return { kind: 'unsupported', reason: 'the gateway has no rules to inspect with', instead: undefined };
    const { bodySize } = operation.features;
    const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(operation.method);
    if (value === 'detect' || !hasBody || bodySize.value <= inspectedBytes)
      return { kind: 'exact', part: value };
    return isStated(bodySize.at, 'bodySize')
      ? {
          kind: 'unsupported',
          reason: `AWS WAF inspects ${inspectedBytes} bytes of a body, and ${bodySize.value} are to pass`,
          instead: 'Write bodySize: 64kb, or relax the inspection of the operation to waf: detect.',
        }
      : {
          kind: 'exact',
          part: value,
          remark: 'bodies above 64 KB are refused, for AWS WAF inspects no more of them',
        };
  },
};

/** The rules are those of AWS, under the names that the document has for their purposes. */
export const wafRules: Lowering<Sourced<Waf> | undefined, Gateway, Waf | undefined> = {
  support: 'partial',
  note: 'rule groups that AWS keeps, with paranoia 1; the core and SQL rules of AWS in place of the OWASP Core Rule Set',
  lower: (asked): Outcome<Waf | undefined> => {
    if (asked === undefined) return { kind: 'exact', part: undefined };
    const { rules, paranoia, exclude } = asked.value;
    if (paranoia > 1)
      return {
        kind: 'unsupported',
        reason: `the rules of AWS have no levels of paranoia, and ${paranoia} is asked for`,
        instead: 'Write waf.paranoia: 1.',
      };
    const known = rules.flatMap((one) => managedGroups[one].flatMap((group) => group.rules));
    const unknown = exclude.find(({ value: { rule } }) => !known.includes(rule) && !isOfCoreRuleSet(rule));
    if (unknown !== undefined)
      return {
        kind: 'unsupported',
        reason: `no rule of the chosen groups is named "${unknown.value.rule}"`,
        instead: `Name one of ${known.join(', ')}.`,
        at: unknown.at,
      };
    const foreign = exclude.flatMap(({ value: { rule } }) => (isOfCoreRuleSet(rule) ? [rule] : []));
    const remarks = [
      ...(rules.includes('owasp-crs')
        ? ['owasp-crs is the core and SQL rules of AWS, which find other things']
        : []),
      ...(foreign.length === 0 ? [] : [`AWS has no rules ${foreign.join(', ')} to leave out`]),
    ];
    return remarks.length === 0
      ? { kind: 'exact', part: asked.value }
      : { kind: 'exact', part: asked.value, remark: remarks.join('; ') };
  },
};

/** Ids of the OWASP Core Rule Set are numbers. */
function isOfCoreRuleSet(rule: string): boolean {
  return /^[0-9]+$/.test(rule);
}

export const geo: Lowering<Sourced<Geo> | undefined, Gateway, Geo | undefined> = {
  support: 'full',
  note: 'AWS WAF, by the country of the client address',
  lower: (asked): Outcome<Geo | undefined> => ({ kind: 'exact', part: asked?.value }),
};
