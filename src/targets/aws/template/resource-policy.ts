import type { Gateway, IpAccess } from '../../../model/gateway.ts';
import type { IpRange } from '../../../model/policy.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import type { Json } from './cloudformation.ts';

/**
 * `Policy` of the REST APIs: who may ask at all. Everybody may but for denials, which are judged before the authorizer
 * (API Gateway Developer Guide, "How API Gateway resource policies affect authorization workflow"). They hold for every
 * path: the resource of a statement is the path of the request, where `*` also stands for slashes and nothing says
 * whether escapes are decoded, so that lists of single operations are left to the web ACL.
 */
export function resourcePolicy({ allow, deny }: IpAccess): Json {
  return {
    Version: '2012-10-17',
    Statement: [
      statement('Allow'),
      ...allow.map((ranges) => statement('Deny', 'NotIpAddress', ranges)),
      ...(deny.length === 0 ? [] : [statement('Deny', 'IpAddress', deny)]),
    ],
  };
}

function statement(Effect: 'Allow' | 'Deny', operator?: string, ranges: readonly IpRange[] = []): Json {
  return {
    Effect,
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource: 'execute-api:/*',
    Condition:
      operator === undefined
        ? undefined
        : { [operator]: { 'aws:SourceIp': ranges.map(({ text }) => text).sort() } },
  };
}

/** API Gateway Developer Guide, "Quotas for configuring and running a REST API in API Gateway"; with room for ARNs. */
const longestPolicy = 8192 - 512;

/**
 * The lists of addresses that every operation has and a resource policy holds; `undefined` where they differ, are too
 * long, are empty, or where API Gateway sees the addresses of a distribution.
 */
export function commonAccess(gateway: Gateway): IpAccess | undefined {
  if (!known.has(gateway)) known.set(gateway, findCommonAccess(gateway));
  return known.get(gateway);
}

/** Every operation asks. */
const known = new WeakMap<Gateway, IpAccess | undefined>();

function findCommonAccess(gateway: Gateway): IpAccess | undefined {
  const lists = gateway.sites.flatMap(({ routes }) =>
    routes.flatMap(({ operations }) => operations.map(({ features }) => features.ipAccess?.value)),
  );
  const [first] = lists;
  if (first === undefined || hasDistribution(gateway)) return undefined;
  const text = JSON.stringify(first);
  const isCommon = lists.every((one) => one === first || JSON.stringify(one) === text);
  const fits = JSON.stringify(resourcePolicy(first)).length <= longestPolicy;
  return isCommon && fits && first.allow.every((ranges) => ranges.length > 0) ? first : undefined;
}
