import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/model/gateway.ts';
import type { RateLimit } from '../../src/model/traffic.ts';
import { limits } from '../../src/targets/aws/features/limits.ts';
import { stage } from '../../src/targets/aws/template/stage.ts';
import { gateway, limit, operation, route, site, sourced } from '../support/model.ts';
import { plan } from './plan.ts';

const all = { kind: 'all' } as const;

const limited = (method: string, ...asked: readonly RateLimit[]): Operation =>
  operation(method, { limits: asked.map((one) => sourced(one)) });

const lowered = (one: Operation, others: readonly Operation[] = []) => {
  const model = gateway({ sites: [site([route('/a', [one]), route('/b', others)])] });
  return limits.lower(one.features.limits ?? [], { gateway: model, operation: one });
};

const settings = (template: string, one: Operation): readonly unknown[] => {
  const made = plan({ sites: [site([route(template, [one])])] });
  const [api] = made.apis;
  if (api === undefined) throw new Error('no API');
  const outcome = limits.lower(one.features.limits ?? [], { gateway: made.gateway, operation: one });
  const throttle = outcome.kind === 'unsupported' ? undefined : outcome.part.throttle;
  const { Resources = {} } = stage(made, api, () => ({ throttle, cache: undefined }));
  return (Resources['Stage']?.Properties['MethodSettings'] ?? []) as readonly unknown[];
};

describe('a limit of one operation is kept by its stage', () => {
  test('with the rate of a second and the burst of the document', () => {
    const one = limited('POST', limit({ per: all, count: 30, period: 'm', burst: 5 }));
    expect(lowered(one)).toEqual({
      kind: 'exact',
      part: { throttle: { rate: 0.5, burst: 5 }, rules: [] },
    });
  });

  test('on its path only, and without what is set for other methods', () => {
    expect(settings('/a/{id}', limited('POST', limit({ per: all, count: 9, burst: 3 })))).toEqual([
      {
        HttpMethod: '*',
        ResourcePath: '/*',
        MetricsEnabled: false,
        DataTraceEnabled: false,
        LoggingLevel: 'ERROR',
      },
      {
        HttpMethod: 'POST',
        ResourcePath: '/~1a~1{id}',
        MetricsEnabled: false,
        DataTraceEnabled: false,
        LoggingLevel: 'ERROR',
        ThrottlingRateLimit: 9,
        ThrottlingBurstLimit: 3,
      },
    ]);
  });

  test('HEAD beside GET is limited as well, in a bucket of its own, which is said', () => {
    const one = limited('GET', limit({ per: all }));
    expect(lowered(one)).toMatchObject({ kind: 'approximate', difference: expect.stringContaining('HEAD') });
    expect(settings('/', one)).toMatchObject([
      { HttpMethod: '*' },
      { HttpMethod: 'GET', ResourcePath: '/' },
      { HttpMethod: 'HEAD', ResourcePath: '/', ThrottlingRateLimit: 1 },
    ]);
  });

  test('unless the document has an operation for HEAD', () => {
    const get = limited('GET', limit({ per: all }));
    const model = gateway({ sites: [site([route('/a', [get, operation('HEAD')])])] });
    expect(limits.lower(get.features.limits ?? [], { gateway: model, operation: get }).kind).toBe('exact');
  });

  test('several limits of which none is the strictest are held by a stricter one', () => {
    const asked = [limit({ per: all, count: 9, burst: 1 }), limit({ per: all, count: 1, burst: 9 })];
    expect(lowered(limited('POST', ...asked))).toMatchObject({
      kind: 'approximate',
      part: { throttle: { rate: 1, burst: 1 } },
    });
  });

  test('also where several operations inherit it, each for itself', () => {
    const each = limit({ per: { kind: 'operation' }, count: 5, burst: 5 });
    expect(lowered(limited('POST', each), [limited('PUT', each)])).toEqual({
      kind: 'exact',
      part: { throttle: { rate: 5, burst: 5 }, rules: [] },
    });
  });

  test('a quota is no throttle', () => {
    expect(lowered(limited('POST', limit({ per: all, count: 1000, period: 'd' }))).kind).toBe('unsupported');
  });
});

describe('what a stage cannot count is counted by AWS WAF, over minutes, and this is said', () => {
  test.each([
    ['50/s', limit({ count: 50, burst: 100 }), 3000, 60],
    ['10/m', limit({ count: 10, period: 'm', burst: 1 }), 10, 60],
    ['5/m', limit({ count: 5, period: 'm', burst: 1 }), 10, 120],
    ['5/m with a burst of 20', limit({ count: 5, period: 'm', burst: 20 }), 25, 300],
    ['100/h', limit({ count: 100, period: 'h', burst: 1 }), 16, 600],
  ])('%s for each address', (_, asked, count, windowSeconds) => {
    expect(lowered(limited('POST', asked))).toMatchObject({
      kind: 'approximate',
      part: { throttle: undefined, rules: [{ rule: { limit: count, windowSeconds } }] },
      difference: expect.stringContaining(`${count} requests from one address in any ${windowSeconds}`),
    });
  });

  test('slower than it counts is refused, not rounded up', () => {
    expect(lowered(limited('POST', limit({ count: 5, period: 'h', burst: 5 })))).toMatchObject({
      kind: 'unsupported',
      reason: expect.stringContaining('at least 10'),
    });
  });

  test('a bucket of several operations is counted together, and each holds it alone as well', () => {
    const shared = limit({ per: all, count: 100, burst: 200 });
    const outcome = lowered(limited('POST', shared), [limited('PUT', shared)]);
    expect(outcome).toMatchObject({
      kind: 'approximate',
      part: { throttle: { rate: 100, burst: 200 }, rules: [{ rule: { limit: 6000 }, limit: shared }] },
    });
  });

  test.each(['claim', 'consumer'] as const)('a %s, which is known too late, is refused', (kind) => {
    const per = kind === 'claim' ? ({ kind, claim: ['sub'] } as const) : ({ kind } as const);
    expect(lowered(limited('POST', limit({ per }))).kind).toBe('unsupported');
  });

  test('a bucket of the same name and another rate is another bucket', () => {
    const outcome = lowered(limited('POST', limit({ per: all, count: 2 })), [
      limited('PUT', limit({ per: all, count: 3 })),
    ]);
    expect(outcome.kind).toBe('exact');
  });
});
