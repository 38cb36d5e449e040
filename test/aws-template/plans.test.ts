import { describe, expect, test } from 'vitest';
import type { ApiKeyAuthenticator, Consumer } from '../../src/model/authentication.ts';
import type { Plan } from '../../src/model/traffic.ts';
import { plans } from '../../src/targets/aws/features/plans.ts';
import { usagePlans } from '../../src/targets/aws/template/usage-plans.ts';
import { at, gateway, host, limit, site, sourced } from '../support/model.ts';
import { plan } from './plan.ts';

const keyed = (keys: 'consumers' | 'aws-usage-plan'): ApiKeyAuthenticator => ({
  kind: 'api-key',
  name: 'partner',
  keys: sourced(keys),
  from: sourced([{ kind: 'header', name: 'X-Api-Key' }]),
  forward: [],
  stripToken: true,
  login: undefined,
  at,
});

const hash = 'c41f7a90e2d85b630b9d2e7f45a1c8367e60d1f2984bac535d3a8c17f0e2b694';
const consumer = (name: string, of?: string): Consumer => ({
  name,
  keys: [hash],
  groups: [],
  plan: of === undefined ? undefined : sourced(of),
  at,
});

const gold: Plan = {
  name: 'gold',
  limits: [sourced(limit({ count: 200, burst: 400, per: { kind: 'consumer' } }))],
  quota: sourced({ count: 1_000_000, period: 'd' }),
  at,
};

const lowered = (changes: Partial<Plan>, keys: 'consumers' | 'aws-usage-plan' = 'aws-usage-plan') =>
  plans.lower([{ ...gold, ...changes }], gateway({ authenticators: [keyed(keys)] }));

describe('plans of consumers are usage plans of their keys', () => {
  const made = usagePlans(
    plan({
      authenticators: [keyed('aws-usage-plan')],
      consumers: [consumer('acme', 'gold'), consumer('beta')],
      plans: [gold],
      sites: [site(undefined, [host('a.test')]), site(undefined, [host('b.test')])],
    }),
  );
  const { Resources = {} } = made;

  test('with the rate, the burst and the quota of the document, over all APIs', () => {
    expect(Resources['UsagePlanOfGold']?.Properties).toMatchObject({
      Throttle: { RateLimit: 200, BurstLimit: 400 },
      Quota: { Limit: 1_000_000, Period: 'DAY' },
      ApiStages: [
        { ApiId: { Ref: 'RestApi' }, Stage: { Ref: 'Stage' } },
        { ApiId: { Ref: 'RestApi2' }, Stage: { Ref: 'Stage2' } },
      ],
    });
  });

  test('each consumer has a key in its plan; without a plan, in one without limits', () => {
    expect(Resources['MembershipAcme']?.Properties).toMatchObject({
      KeyId: { Ref: 'KeyAcme' },
      UsagePlanId: { Ref: 'UsagePlanOfGold' },
    });
    expect(Resources['MembershipBeta']?.Properties).toMatchObject({ UsagePlanId: { Ref: 'UsagePlan' } });
    expect(Resources['UsagePlan']?.Properties['Quota']).toBeUndefined();
  });

  test('no key stands in the template, not even its hash', () => {
    expect(JSON.stringify(made)).not.toContain(hash);
    expect(Resources['KeyAcme']?.Properties).not.toHaveProperty('Value');
  });

  test('are not there where API Gateway keeps no keys', () => {
    expect(usagePlans(plan({ authenticators: [keyed('consumers')] }))).toEqual({});
  });
});

describe('a plan that a usage plan cannot count is refused', () => {
  test('the one above is not', () => {
    expect(lowered({}).kind).toBe('exact');
  });

  test('of keys that the document has hashes of', () => {
    expect(lowered({}, 'consumers')).toMatchObject({
      kind: 'unsupported',
      reason: expect.stringContaining('hashes only'),
    });
  });

  test('with a quota of an hour', () => {
    expect(lowered({ quota: sourced({ count: 10, period: 'h' }) }).kind).toBe('unsupported');
  });

  test('with limits per address', () => {
    expect(lowered({ limits: [sourced(limit())] }).kind).toBe('unsupported');
  });
});
