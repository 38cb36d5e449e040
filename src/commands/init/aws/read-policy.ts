import { ipRange } from '../../../extension/values/ip-range.ts';
import { isRecord } from '../../../openapi/node-at.ts';
import type { Node } from '../../../source/node.ts';
import { type Entry, field, nested, unknown } from '../draft-entry.ts';
import { commentText } from '../yaml-text.ts';
import { type Findings, isUsable, textOf, textsOf } from './findings.ts';

/** What a resource policy comes to. */
export interface PolicyDraft {
  /** `ip` of the defaults, if any. */
  readonly defaults: readonly Entry[];
  /** It lets callers in through endpoints of a VPC only. */
  readonly isPrivate: boolean;
}

/** One statement in terms of addresses; `other` is everything that is no list of addresses of clients. */
type Statement =
  | { readonly kind: 'everybody'; readonly effect: 'Allow' | 'Deny' }
  | {
      readonly kind: 'addresses';
      readonly effect: 'Allow' | 'Deny';
      readonly isNegated: boolean;
      readonly ranges: readonly string[];
    }
  | { readonly kind: 'other'; readonly isPrivate: boolean };

/**
 * Reads `x-amazon-apigateway-policy`. A request passes when some statement allows it and none denies it (API Gateway
 * Developer Guide, "How API Gateway resource policies affect authorization workflow"), which one pair of lists can say
 * for statements about addresses. For every other statement there is a blank: a build fails until somebody decided.
 */
export function readPolicy(node: Node, findings: Findings): PolicyDraft {
  const list = node.child('Statement');
  const statements = isRecord(list?.value) && list !== undefined ? [list] : listed(list, node, findings);
  const read = statements.map((one) => readStatement(one, findings));
  const others = read.filter((one) => one.kind === 'other');
  const why = ['From x-amazon-apigateway-policy.'];
  const isPrivate = others.some((one) => one.isPrivate);
  if (others.length > 0) {
    return {
      isPrivate,
      defaults: [
        unknown(
          'ip',
          '{allow: […], deny: […]}, or remove this line: the resource policy says more than addresses, see the notes',
          ...why,
        ),
      ],
    };
  }
  if (read.some((one) => one.kind === 'everybody' && one.effect === 'Deny') || !read.some(isAllow)) {
    findings.lose(node, 'The resource policy lets nobody in');
    return {
      isPrivate,
      defaults: [unknown('ip', '{allow: […]}: the resource policy lets nobody in', ...why)],
    };
  }
  return { isPrivate, defaults: ipFields(read, node, findings, why) };
}

function listed(list: Node | undefined, node: Node, findings: Findings): readonly Node[] {
  if (Array.isArray(list?.value)) return list?.entries().map(([, item]) => item) ?? [];
  findings.misread(list ?? node, 'a policy with a list of statements');
  return [];
}

function isAllow(one: Statement): boolean {
  return one.kind !== 'other' && one.effect === 'Allow' && !(one.kind === 'addresses' && one.isNegated);
}

function ipFields(
  read: readonly Statement[],
  node: Node,
  findings: Findings,
  why: readonly string[],
): readonly Entry[] {
  const addresses = read.flatMap((one) => (one.kind === 'addresses' ? [one] : []));
  const open = read.some((one) => one.kind === 'everybody' && one.effect === 'Allow');
  const allowed = addresses.filter((one) => one.effect === 'Allow').flatMap(({ ranges }) => ranges);
  const within = addresses
    .filter((one) => one.effect === 'Deny' && one.isNegated)
    .map(({ ranges }) => ranges);
  const denied = addresses
    .filter((one) => one.effect === 'Deny' && !one.isNegated)
    .flatMap(({ ranges }) => ranges);
  const lists = [
    ...(open || allowed.some(isEverything) ? [] : [allowed]),
    ...within.filter((one) => !one.some(isEverything)),
  ];
  const distinct = new Set(lists.map((one) => [...new Set(one)].sort().join(',')));
  const unreadable = addresses.some(
    ({ ranges }) => ranges.length === 0 || ranges.some((one) => !isUsable(ipRange, one, node.at)),
  );
  const isNegatedAllow = addresses.some((one) => one.effect === 'Allow' && one.isNegated);
  if (unreadable || isNegatedAllow || distinct.size > 1) {
    findings.lose(
      node,
      'The resource policy joins lists of addresses in a way that one pair of lists cannot say',
    );
    return [
      unknown('ip', '{allow: […], deny: […]}: what the statements of the resource policy come to', ...why),
    ];
  }
  const [allow] = lists;
  const fields = [
    ...(allow === undefined ? [] : [field('allow', [...new Set(allow)])]),
    ...(denied.length === 0 ? [] : [field('deny', [...new Set(denied)])]),
  ];
  return fields.length === 0 ? [] : [nested('ip', fields, ...why)];
}

function isEverything(range: string): boolean {
  return /\/0$/.test(range);
}

function readStatement(node: Node, findings: Findings): Statement {
  const effect = textOf(node.child('Effect'), 'Allow or Deny', findings);
  const condition = node.child('Condition');
  const operators = isRecord(condition?.value) ? (condition?.entries() ?? []) : [];
  const isPrivate = operators.some(
    ([, keys]) =>
      isRecord(keys.value) &&
      Object.keys(keys.value).some((key) => /^aws:(?:SourceVpce?|VpcSourceIp)$/i.test(key)),
  );
  const other = (what: string): Statement => {
    findings.lose(node, `A statement of the resource policy ${what}`);
    return { kind: 'other', isPrivate };
  };
  if (effect !== 'Allow' && effect !== 'Deny') {
    if (effect !== undefined || !isRecord(node.value))
      findings.misread(node, 'a statement with Effect Allow or Deny');
    return other('has no effect that is known');
  }
  if (!isAnybody(node.child('Principal'))) return other('is about callers with identities of AWS');
  if (!invokes(node.child('Action'), findings) || node.child('NotAction') !== undefined)
    return other('is about something else than calling the API');
  if (!isWhole(node.child('Resource'), findings) || node.child('NotResource') !== undefined) {
    return other('is about a part of the API: write ip on those operations');
  }
  if (condition === undefined || operators.length === 0) return { kind: 'everybody', effect };
  const [first, ...more] = operators;
  const [operator = '', keys] = first ?? [];
  const named = isRecord(keys?.value) ? (keys?.entries() ?? []) : [];
  const [key = '', value] = named[0] ?? [];
  if (
    more.length > 0 ||
    named.length !== 1 ||
    !/^(?:Not)?IpAddress$/.test(operator) ||
    key.toLowerCase() !== 'aws:sourceip'
  ) {
    return other(
      `has a condition that is no list of addresses (${commentText(operators.map(([name]) => name).join(', '))})`,
    );
  }
  const ranges = textsOf(value, 'a list of addresses', findings).map((one) => one.trim());
  return { kind: 'addresses', effect, isNegated: operator.startsWith('Not'), ranges };
}

function isAnybody(principal: Node | undefined): boolean {
  if (principal?.value === '*') return true;
  const inner = principal?.child('AWS')?.value;
  return inner === '*' || (Array.isArray(inner) && inner.length === 1 && inner[0] === '*');
}

function invokes(action: Node | undefined, findings: Findings): boolean {
  const actions = textsOf(action, 'an action', findings);
  return actions.some((one) => /^(?:\*|execute-api:(?:\*|Invoke))$/i.test(one));
}

/** Every stage, method and path: `execute-api:/*`, or an ARN that ends so. */
function isWhole(resource: Node | undefined, findings: Findings): boolean {
  const resources = textsOf(resource, 'a resource', findings);
  return resources.some((one) =>
    /^(?:\*|arn:[^/]*:\*|(?:arn:[^/]*:|execute-api:)?[^/]*\/\*(?:\/\*){0,2})$/.test(one),
  );
}
