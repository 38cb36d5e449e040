import { describe, expect, test } from 'vitest';
import type { IpAccess, Operation } from '../../src/model/gateway.ts';
import { ipAccess } from '../../src/targets/aws/features/ip-access.ts';
import { commonAccess, resourcePolicy } from '../../src/targets/aws/template/resource-policy.ts';
import { needsWebAcl } from '../../src/targets/aws/web-acl/needed.ts';
import { gateway, operation, range, route, site, sourced } from '../support/model.ts';

const office: IpAccess = { allow: [[range('192.0.2.0/24')]], deny: [range('198.51.100.7/32')] };

const listed = (access?: IpAccess): Operation =>
  operation('GET', access === undefined ? {} : { ipAccess: sourced(access) });

const model = (...operations: readonly Operation[]) =>
  gateway({ sites: [site(operations.map((one, index) => route(`/${index}`, [one])))] });

const by = (one: Operation, ...others: readonly Operation[]): string => {
  const made = model(one, ...others);
  const outcome = ipAccess.lower(sourced(one.features.ipAccess?.value ?? office), {
    gateway: made,
    operation: one,
  });
  return outcome.kind === 'exact' ? outcome.part.by : outcome.kind;
};

describe('lists that all operations have are a resource policy, which costs nothing', () => {
  test('that denies before any authorizer is asked', () => {
    expect(resourcePolicy(office)).toMatchObject({
      Statement: [
        { Effect: 'Allow', Resource: 'execute-api:/*' },
        { Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } } },
        { Effect: 'Deny', Condition: { IpAddress: { 'aws:SourceIp': ['198.51.100.7/32'] } } },
      ],
    });
    expect(by(listed(office), listed(office))).toBe('resource policy');
    expect(needsWebAcl(model(listed(office), listed(office)))).toBe(false);
  });

  test('two lists must both hold', () => {
    const both = JSON.stringify(
      resourcePolicy({ allow: [[range('192.0.2.0/24')], [range('192.0.2.0/25')]], deny: [] }),
    );
    expect(both.match(/NotIpAddress/g)).toHaveLength(2);
  });
});

describe('what a policy cannot hold is left to AWS WAF, never dropped', () => {
  test('lists of single operations', () => {
    expect(by(listed(office), listed())).toBe('web ACL');
    expect(needsWebAcl(model(listed(office), listed()))).toBe(true);
  });

  test('lists that are longer than a policy may be', () => {
    const ranges = Array.from({ length: 600 }, (_, one) => range(`10.${one >> 8}.${one & 255}.0/24`));
    expect(by(listed({ allow: [], deny: ranges }))).toBe('web ACL');
  });

  test('a list that allows nobody, for a policy has no empty condition', () => {
    expect(by(listed({ allow: [[]], deny: [] }))).toBe('web ACL');
  });

  test('any list behind a distribution, whose address a policy would see', () => {
    const made = model(listed(office));
    const aws = { ...made.targets.aws, edge: sourced('cloudfront' as const) };
    expect(commonAccess({ ...made, targets: { ...made.targets, aws } })).toBeUndefined();
  });
});
