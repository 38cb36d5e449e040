import type { Operation } from '../../../model/gateway.ts';
import type { Waf, WafMode } from '../../../model/inspection.ts';
import type { AwsPlan } from '../plan.ts';
import type { Json } from '../template/cloudformation.ts';
import { bodyRule } from './inspected-body.ts';
import { botControl, type ManagedGroup, managedGroups, sizeOfBodies } from './managed-groups.ts';
import { operationScope } from './operation-scope.ts';
import type { Rule } from './rule.ts';
import { any, not, type Statement } from './statement.ts';

/** How one group judges some requests: those of the same treatment share a statement. */
interface Treatment {
  readonly mode: WafMode | 'off';
  /** Rules that are counted and never block. */
  readonly left: readonly string[];
}

/**
 * A group stands in the web ACL once for each way in which it judges requests, with scopes that exclude each other, as
 * AWS itself does where inspection differs by path (AWS WAF Developer Guide, "Bot Control example: Using two statements
 * to limit the use of the targeted inspection level").
 */
export function managedRules(
  plan: AwsPlan,
  waf: Waf,
  modeOf: (operation: Operation) => WafMode | undefined,
): readonly Rule[] {
  const groups = waf.rules.flatMap((rules) => managedGroups[rules]);
  const inspected = bodyRule(plan, waf, modeOf);
  return [
    ...(inspected === undefined ? [] : [inspected]),
    ...groups.flatMap((group) => statements(plan, group, waf, modeOf)),
  ];
}

function statements(
  plan: AwsPlan,
  group: ManagedGroup,
  waf: Waf,
  modeOf: (operation: Operation) => WafMode | undefined,
): readonly Rule[] {
  const ofPath = new Map<Operation, Treatment>();
  for (const route of plan.gateway.sites.flatMap(({ routes }) => routes))
    for (const operation of route.operations)
      ofPath.set(operation, {
        mode: modeOf(operation) ?? 'off',
        left: leftOut(group, waf, (paths) => paths.length === 0 || paths.some(covers(route.template))),
      });
  const elsewhere: Treatment = {
    mode: waf.mode,
    left: leftOut(group, waf, (paths) => paths.length === 0),
  };
  const kinds = new Map([...ofPath.values(), elsewhere].map((one) => [keyOf(one), one]));
  const scoped = [...kinds].flatMap(([key, treatment]) => {
    if (key === keyOf(elsewhere)) return [];
    const scope = operationScope(plan, (one) => keyOf(ofPath.get(one) ?? elsewhere) === key);
    return scope === undefined ? [] : [{ treatment, scope }];
  });
  const [only] = scoped;
  if (only !== undefined && scoped.length === 1 && only.scope === 'everything')
    return reference(group, only.treatment, undefined, 1);
  const apart = scoped.flatMap(({ scope }) => (scope === 'everything' ? [] : [scope]));
  return [
    ...scoped.flatMap(({ treatment, scope }, index) =>
      reference(group, treatment, scope === 'everything' ? undefined : scope, index + 2),
    ),
    ...reference(group, elsewhere, apart.length === 0 ? undefined : not(any(apart)), 1),
  ];
}

function keyOf({ mode, left }: Treatment): string {
  return mode === 'off' ? 'off' : [mode, ...left].join(' ');
}

/** The rules of the group that are left out where `applies` holds for the paths of their exclusion. */
function leftOut(
  group: ManagedGroup,
  { exclude }: Waf,
  applies: (paths: readonly string[]) => boolean,
): readonly string[] {
  const named = exclude
    .filter(({ value }) => group.rules.includes(value.rule) && applies(value.paths))
    .map(({ value }) => value.rule);
  const own = group.rules.includes(sizeOfBodies) ? [sizeOfBodies] : [];
  return [...new Set([...named, ...own])].sort();
}

/** An exclusion holds for a path and everything below it. */
function covers(template: string): (path: string) => boolean {
  return (path) => template === path || template.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function reference(
  group: ManagedGroup,
  { mode, left }: Treatment,
  scope: Statement | undefined,
  number: number,
): readonly Rule[] {
  if (mode === 'off') return [];
  const statement: { readonly [name: string]: Json | undefined } = {
    VendorName: 'AWS',
    Name: group.name,
    RuleActionOverrides:
      left.length === 0 ? undefined : left.map((Name) => ({ Name, ActionToUse: { Count: {} } })),
    ManagedRuleGroupConfigs:
      group === botControl
        ? [{ AWSManagedRulesBotControlRuleSet: { InspectionLevel: 'COMMON' } }]
        : undefined,
    ScopeDownStatement: scope?.json,
  };
  return [
    {
      name: number === 1 ? group.name : `${group.name}-${number}`,
      capacity: group.capacity + (scope?.capacity ?? 0),
      action: { OverrideAction: mode === 'block' ? { None: {} } : { Count: {} } },
      statement: { ManagedRuleGroupStatement: statement },
    },
  ];
}
