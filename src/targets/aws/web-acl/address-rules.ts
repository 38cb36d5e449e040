import type { IpAccess, Operation } from '../../../model/gateway.ts';
import type { IpRange } from '../../../model/policy.ts';
import type { AwsPlan } from '../plan.ts';
import type { Resource } from '../template/cloudformation.ts';
import { addressSet } from './address-sets.ts';
import { type OperationScope, operationScope } from './operation-scope.ts';
import { block, type Rule } from './rule.ts';
import { all, not, pathStartsWith, type Statement } from './statement.ts';

export interface AddressRules {
  readonly rules: readonly Rule[];
  readonly resources: { readonly [id: string]: Resource };
}

interface List {
  readonly kind: 'allow' | 'deny';
  readonly ranges: readonly IpRange[];
}

/** A rule for each list of addresses, over all operations that have the list. */
export function addressRules(
  plan: AwsPlan,
  accessOf: (operation: Operation) => IpAccess | undefined,
): AddressRules {
  const lists = new Map<string, { readonly list: List; readonly sharers: Set<Operation> }>();
  for (const route of plan.gateway.sites.flatMap(({ routes }) => routes))
    for (const operation of route.operations)
      for (const list of listsOf(accessOf(operation))) {
        const key = keyOf(list);
        const entry = lists.get(key) ?? { list, sharers: new Set() };
        entry.sharers.add(operation);
        lists.set(key, entry);
      }
  const made = [...lists.values()].flatMap(({ list, sharers }, index) => {
    const scope = operationScope(plan, (operation) => sharers.has(operation));
    return scope === undefined ? [] : [ruleOf(plan, list, scope, index + 1)];
  });
  return {
    rules: made.flatMap(({ rule }) => rule ?? []),
    resources: Object.assign({}, ...made.map(({ resources }) => resources)),
  };
}

function listsOf(access: IpAccess | undefined): readonly List[] {
  if (access === undefined) return [];
  const allow = access.allow.map((ranges): List => ({ kind: 'allow', ranges }));
  return access.deny.length === 0 ? allow : [...allow, { kind: 'deny', ranges: access.deny }];
}

function keyOf({ kind, ranges }: List): string {
  return [kind, ...ranges.map(({ text }) => text)].join(' ');
}

function ruleOf(plan: AwsPlan, { kind, ranges }: List, scope: OperationScope, number: number) {
  const { resources, contains } = addressSet(ranges, plan.gateway, kind === 'deny' ? 'MATCH' : 'NO_MATCH');
  const refused = kind === 'deny' ? contains : contains === undefined ? anybody : not(contains);
  if (refused === undefined) return { resources, rule: undefined };
  const { json, capacity } = scope === 'everything' ? refused : all([scope, refused]);
  return {
    resources,
    rule: { name: `addresses-${number}-${kind}`, capacity, action: block, statement: json },
  };
}

/** A list that allows nobody. */
const anybody: Statement = pathStartsWith('/');
