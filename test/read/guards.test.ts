import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OperationFeatures } from '../../src/model/gateway.ts';
import { type Change, model, ok, operation, read } from './sample.ts';

/** `/a` with facets at the three levels. */
function levels(defaults: Change, path: Change, own: Change): Change {
  return {
    'x-gateway': { policies: { p: { role: 'p' }, q: { role: 'q' }, r: { role: 'r' } }, defaults },
    paths: { '/a': { 'x-gateway': path, get: { operationId: 'getA', ...ok, 'x-gateway': own } } },
  };
}
async function features(defaults: Change, path: Change, own: Change): Promise<OperationFeatures> {
  return operation(await model(levels(defaults, path, own))).features;
}
const policies = ({ authorization }: OperationFeatures) =>
  (authorization ?? []).map(({ value }) => (value.kind === 'policy' ? value.name : value.kind));

describe('guards of several levels', () => {
  it('all hold', async () => {
    const effective = await features(
      {
        authorize: 'p',
        ip: { allow: ['10.0.0.0/8'], deny: ['10.1.0.0/16'] },
        limits: [{ rate: '9/s' }],
        bodySize: '2kb',
      },
      {
        authorize: 'q',
        ip: { allow: ['10.2.0.0/16'] },
        limits: [{ rate: '5/m', per: 'all' }],
        bodySize: '1kb',
      },
      { authorize: 'r', ip: { deny: ['10.2.3.4'] }, limits: [{ rate: '90/m', burst: 7 }] },
    );
    expect(policies(effective)).toEqual(['p', 'q', 'r']);
    expect(effective.ipAccess?.value).toEqual({
      allow: [[{ family: 4, text: '10.0.0.0/8' }], [{ family: 4, text: '10.2.0.0/16' }]],
      deny: [
        { family: 4, text: '10.1.0.0/16' },
        { family: 4, text: '10.2.3.4/32' },
      ],
    });
    expect(
      effective.limits?.map(({ value: { count, period, burst, per } }) => [count, period, burst, per.kind]),
    ).toEqual([
      [9, 's', 9, 'ip'],
      [5, 'm', 1, 'all'],
      [90, 'm', 7, 'ip'],
    ]);
    expect(effective.bodySize.value).toBe(1024);
    expect(effective.relaxed).toBeUndefined();
  });

  it('name the place that asked for each of them', async () => {
    const effective = await features({ bodySize: '1kb', authorize: 'p' }, {}, { authorize: 'q' });
    expect(effective.bodySize.at).toEqual({
      file: '/project/api.json',
      pointer: '/x-gateway/defaults/bodySize',
    });
    expect(effective.authorization?.map(({ at }) => at.pointer)).toEqual([
      '/x-gateway/defaults/authorize',
      '/paths/~1a/get/x-gateway/authorize',
    ]);
  });

  it('give way to a level that says relax, with its reason, for that guard only', async () => {
    const effective = await features(
      { authorize: 'p', bodySize: '1kb', limits: [{ rate: '1/s' }] },
      {},
      { relax: { authorize: 'open to all users', bodySize: 'uploads' }, bodySize: '1mb' },
    );
    expect(effective.authorization).toBeUndefined();
    expect(effective.bodySize.value).toBe(1024 * 1024);
    expect(effective.limits).toHaveLength(1);
    expect(effective.relaxed?.map(({ value }) => value)).toEqual([
      { guard: 'authorize', reason: 'open to all users' },
      { guard: 'bodySize', reason: 'uploads' },
    ]);
  });

  it.each<[string, Change, Change, Change, string]>([
    ['a larger body without relax', { bodySize: '1kb' }, {}, { bodySize: '2kb' }, 'GRD001'],
    [
      'a relax of a body that is smaller',
      { bodySize: '2kb' },
      {},
      { bodySize: '1kb', relax: { bodySize: 'why' } },
      'GRD002',
    ],
    ['a relax without an inherited guard', {}, {}, { relax: { ip: 'why' } }, 'GRD002'],
    ['a relax in the defaults', { authorize: 'p', relax: { authorize: 'why' } }, {}, {}, 'GRD002'],
    ['a policy that does not exist', {}, { authorize: 'z' }, {}, 'POL001'],
    ['a parameter that the path does not have', {}, { authorize: 'claims.sub == path.id' }, {}, 'POL004'],
  ])('refuse %s', async (_, defaults, path, own, code) => {
    expect((await read(levels(defaults, path, own))).errors).toEqual([code]);
  });

  it('take more than the built-in body size without relax', async () => {
    expect((await features({}, {}, { bodySize: '5mb' })).bodySize.value).toBe(5 * 1024 * 1024);
    expect((await features({}, {}, {})).bodySize.value).toBe(1024 * 1024);
  });

  it('never allow more when a level is added', async () => {
    const level = fc.record(
      {
        authorize: fc.constantFrom('p', 'q', 'r'),
        ip: fc.record({
          allow: fc.constantFrom(['10.0.0.0/8'], ['10.1.0.0/16']),
          deny: fc.constant(['10.9.9.9']),
        }),
        limits: fc.constantFrom([{ rate: '5/s' }], [{ rate: '1/m', per: 'all' }]),
        bodySize: fc.constantFrom('1kb', '512b'),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(level, level, async (outer, inner) => {
        const { errors } = await read(levels(outer, {}, inner));
        const weaker = errors.length > 0;
        expect(weaker).toBe(outer.bodySize === '512b' && inner.bodySize === '1kb');
        if (weaker) return;
        const [less, more] = [await features(outer, {}, {}), await features(outer, {}, inner)];
        expect(policies(more)).toEqual(expect.arrayContaining(policies(less)));
        expect(more.limits ?? []).toEqual(expect.arrayContaining([...(less.limits ?? [])]));
        expect(more.ipAccess?.value.allow ?? []).toEqual(
          expect.arrayContaining([...(less.ipAccess?.value.allow ?? [])]),
        );
        expect(more.ipAccess?.value.deny ?? []).toEqual(
          expect.arrayContaining([...(less.ipAccess?.value.deny ?? [])]),
        );
        expect(more.bodySize.value).toBeLessThanOrEqual(less.bodySize.value);
      }),
      { numRuns: 25 },
    );
  });
});

describe('rate limit counters', () => {
  const limits = { limits: [{ rate: '5/s' }] };
  it('belong to the level that declares the limit', async () => {
    const gateway = await model({
      'x-gateway': { defaults: limits },
      paths: {
        '/a': {
          'x-gateway': limits,
          get: { operationId: 'getA', ...ok, 'x-gateway': limits },
          put: { operationId: 'putA', ...ok, 'x-gateway': limits },
        },
        '/b': { get: { operationId: 'getB', ...ok } },
      },
    });
    const [getA = [], putA = [], getB = []] = ['getA', 'putA', 'getB'].map((id) =>
      operation(gateway, id).features.limits?.map(({ value }) => value.bucket),
    );
    expect(getA[0]).toBe(getB[0]);
    expect(getA.slice(0, 2)).toEqual(putA.slice(0, 2));
    expect(getA[2]).not.toBe(putA[2]);
    expect(new Set([...getA, ...putA]).size).toBe(4);
    for (const bucket of [...getA, ...putA]) expect(bucket).toMatch(/^[a-z0-9-]+$/);
  });
});

describe('settings of several levels', () => {
  it('take the nearest level as a whole', async () => {
    const effective = await features(
      { request: { setHeaders: { 'X-A': '1' } }, timeout: '1s', expose: 'internal' },
      { request: { removeHeaders: ['X-B'] } },
      { timeout: '2s', expose: 'public' },
    );
    expect(effective.requestHeaders?.value).toEqual({ set: [], add: [], remove: ['X-B'] });
    expect(effective.timeout.value).toBe(2000);
    expect(effective.exposure.value).toBe('public');
  });
});
