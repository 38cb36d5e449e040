import { expect, test } from 'vitest';
import type { Gateway } from '../../src/model/gateway.ts';
import { usedSecrets } from '../../src/targets/nginx/secrets.ts';
import { buildVerifierData } from '../../src/targets/nginx/verifier/build-verifier-data.ts';
import type { ConsumerBucket, GuardData } from '../../src/targets/nginx/verifier/guard-data.ts';
import { identityModel } from '../nginx/identity-model.ts';
import { sourced } from '../support/model.ts';

const model = identityModel({ front: 8443, main: 8001, issuer: 8002, oracle: 8003, verifier: 8004 });
const data = buildVerifierData(model);
const contents = (path: string): string => data.artifacts.find((one) => one.path === path)?.contents ?? '';
const guardData = (id: string): GuardData =>
  JSON.parse(contents(`data/guards/${data.guardOf({ id })?.id}.json`)) as GuardData;

test('keys lie in files by the first digits of their hashes, and nowhere else', () => {
  const buckets = data.artifacts.filter(({ path }) => path.startsWith('data/consumers/'));
  const entries = buckets.flatMap(({ path, contents: text }) =>
    Object.entries(JSON.parse(text) as ConsumerBucket).map(([hash, who]) => {
      expect(path).toBe(`data/consumers/${hash.slice(0, 2)}.json`);
      return [hash, who] as const;
    }),
  );
  const known = model.consumers.flatMap(({ name: consumer, keys, groups }) =>
    keys.map((hash) => [hash, { consumer, groups }] as const),
  );
  expect(entries.sort()).toEqual([...known].sort());
  const { buckets: named } = JSON.parse(contents('data/authenticators/key.json')) as { buckets: string[] };
  expect(named).toEqual(buckets.map(({ path }) => path.slice(-7, -5)));
});

test.each<readonly [string, string, (one: Gateway) => Gateway]>([
  [
    'a new key',
    'key',
    (one) => ({
      ...one,
      consumers: one.consumers.map((c) => ({
        ...c,
        keys: [...c.keys, 'f'.repeat(63) + (c.name.length % 10)],
      })),
    }),
  ],
  [
    'another group',
    'key',
    (one) => ({ ...one, consumers: one.consumers.map((c) => ({ ...c, groups: ['silver'] })) }),
  ],
  ['a consumer less', 'key', (one) => ({ ...one, consumers: one.consumers.slice(1) })],
  [
    'another authorization server',
    'opaque',
    (one) => ({
      ...one,
      authenticators: one.authenticators.map((a) =>
        a.kind === 'introspection' ? { ...a, endpoint: sourced('https://other.test/introspect') } : a,
      ),
    }),
  ],
  [
    'another node of a service',
    'legacy',
    (one) => ({
      ...one,
      backends: one.backends.map((b) => ({
        ...b,
        nodes: [sourced({ host: 'other.test', port: 80, weight: 1 })],
      })),
    }),
  ],
  [
    'another node of a service that a policy asks',
    'judged',
    (one) => ({ ...one, backends: one.backends.map((b) => ({ ...b, basePath: '/v2' })) }),
  ],
  [
    'another users file',
    'staff',
    (one) => ({
      ...one,
      authenticators: one.authenticators.map((a) =>
        a.kind === 'basic' ? { ...a, users: sourced('ca') } : a,
      ),
    }),
  ],
  [
    'another subject',
    'machine',
    (one) => ({
      ...one,
      authenticators: one.authenticators.map((a) =>
        a.kind === 'certificate' ? { ...a, subjects: undefined } : a,
      ),
    }),
  ],
])('no decision outlives %s (J25)', (_, id, change) => {
  const changed = buildVerifierData(change(model)).guardOf({ id });
  expect(changed?.id).toMatch(/^[0-9a-f]{32}$/);
  expect(changed?.id).not.toBe(data.guardOf({ id })?.id);
});

test('a change of consumers leaves guards alone that ask for no key', () => {
  const changed = buildVerifierData({ ...model, consumers: [] });
  expect(changed.guardOf({ id: 'staff' })).toEqual(data.guardOf({ id: 'staff' }));
  expect(changed.guardOf({ id: 'opaque' })).toEqual(data.guardOf({ id: 'opaque' }));
});

test('inputs cover where credentials are, and the process where a secret decides', () => {
  const inputs = (id: string) => data.guardOf({ id })?.inputs;
  expect(inputs('key')).toEqual([
    { kind: 'header', name: 'x-api-key' },
    { kind: 'query' },
    { kind: 'cookie', name: 'key' },
  ]);
  expect(inputs('staff')).toEqual([{ kind: 'authorization' }, { kind: 'process' }]);
  expect(inputs('machine')).toEqual([{ kind: 'certificate' }]);
  expect(inputs('opaque')).toEqual([{ kind: 'authorization' }, { kind: 'process' }]);
  expect(inputs('judged')).toContainEqual({ kind: 'process' });
  expect(guardData('any').authenticators.map(({ places }) => places.map(({ kind }) => kind))).toEqual([
    ['header'],
    ['bearer'],
    ['basic'],
    ['header', 'query', 'cookie'],
    ['certificate'],
  ]);
});

test('only services that some operation asks have a location', () => {
  expect(data.services.map(({ kind }) => kind).sort()).toEqual([
    ...['backend', 'backend'],
    'introspection',
    'users',
  ]);
  const unguarded = { ...model, sites: model.sites.map((site) => ({ ...site, routes: [] })) };
  expect(buildVerifierData(unguarded).services).toEqual([]);
});

test('every secret that is read is asked for', () => {
  expect(usedSecrets(model).map(({ name }) => name)).toEqual([
    'users',
    'ca',
    'client-secret',
    'oracle-secret',
  ]);
});

test('the data of the verifier holds no secret', () => {
  for (const { contents: text } of data.artifacts) expect(text).not.toContain('canary');
});
