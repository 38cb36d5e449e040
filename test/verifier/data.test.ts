import { createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { pathFlaws } from '../../src/commands/output/output-path.ts';
import type { Operation } from '../../src/model/gateway.ts';
import type { Expression } from '../../src/model/policy.ts';
import { buildVerifierData } from '../../src/targets/nginx/verifier/build-verifier-data.ts';
import type { GuardData, KeyData } from '../../src/targets/nginx/verifier/guard-data.ts';
import { pathPattern } from '../../src/targets/nginx/verifier/path-pattern.ts';
import { supportedAlgorithms } from '../../src/targets/nginx/verifier/supported-algorithms.ts';
import {
  anyOf,
  authenticator,
  gateway,
  host,
  operation,
  range,
  required,
  route,
  segments,
  site,
  sourced,
  verificationKey,
} from '../support/model.ts';
import { signingKey } from '../support/tokens.ts';
import { algorithmKeys, algorithms, operations, shop } from './fixture.ts';

const withOperations = (list: readonly Operation[], changes: Parameters<typeof authenticator>[1] = {}) =>
  buildVerifierData(
    gateway({
      authenticators: [
        authenticator('user', { keys: sourced([verificationKey(signingKey('ES256'))]), ...changes }),
      ],
      sites: [site(list.map((one) => route(`/${one.id}/{id}`, [one])))],
    }),
  );
const guarded = (
  id: string,
  policies: readonly Expression[] = [],
  method = 'GET',
  scopes: readonly string[] = [],
): Operation =>
  operation(method, {
    id,
    authentication: sourced(required('user', scopes)),
    authorization: policies.map((policy) => sourced(policy)),
  });
const idOf = (one: Operation, changes: Parameters<typeof authenticator>[1] = {}): string | undefined =>
  withOperations([one], changes).guardOf(one)?.id;
const guardData = (data: ReturnType<typeof buildVerifierData>, one: Operation): GuardData => {
  const path = `data/guards/${data.guardOf(one)?.id}.json`;
  return JSON.parse(data.artifacts.find((artifact) => artifact.path === path)?.contents ?? '') as GuardData;
};
const data = buildVerifierData(shop);
/** The keys of the first issuer of an authenticator's file. */
const pinnedKeys = (contents = '{}'): readonly KeyData[] => {
  const { issuers } = JSON.parse(contents) as { issuers?: readonly { keys: { keys: readonly KeyData[] } }[] };
  return issuers?.[0]?.keys.keys ?? [];
};

test('a public operation has no guard', () => {
  expect(data.guardOf(operations.open)).toBe(undefined);
  expect(data.guardOf({ id: 'nobody' })).toBe(undefined);
});

test('the same gateway gives the same bytes, sorted by path', () => {
  expect(buildVerifierData(shop).artifacts).toEqual(data.artifacts);
  const paths = data.artifacts.map(({ path }) => path);
  expect(paths).toEqual([...paths].sort());
  expect(new Set(paths).size).toBe(paths.length);
});

test('operations that ask for the same share a guard', () => {
  const two = withOperations([guarded('a'), guarded('b'), guarded('c', [], 'POST')]);
  expect(two.guardOf({ id: 'a' })).toEqual(two.guardOf({ id: 'b' }));
  expect(two.guardOf({ id: 'a' })).toEqual(two.guardOf({ id: 'c' }));
  expect(two.artifacts.map(({ path }) => path.replace(/[0-9a-f]{32}/, 'id'))).toEqual([
    'data/authenticators/user.json',
    'data/guards/id.json',
  ]);
});

test('every change of what decides changes the guard (J25)', () => {
  const admin: Expression = { kind: 'role', role: 'admin' };
  const ids = [
    idOf(guarded('a')),
    idOf(guarded('a', [], 'GET', ['read'])),
    idOf(guarded('a', [admin])),
    idOf(guarded('a', [{ kind: 'not', of: admin }])),
    idOf(guarded('a'), { issuer: sourced('https://other.test/') }),
    idOf(guarded('a'), { audiences: sourced(['other']) }),
    idOf(guarded('a'), { clockSkewSeconds: sourced(31) }),
    idOf(guarded('a'), { algorithms: sourced(['RS256']) }),
    idOf(guarded('a'), { keys: sourced([verificationKey(signingKey('ES256', 'another'))]) }),
    idOf(guarded('a'), { from: sourced([{ kind: 'cookie', name: 'a' }]) }),
    idOf(guarded('a'), { from: sourced([{ kind: 'cookie', name: 'A' }]) }),
    idOf(guarded('a'), { scopeClaims: [['scp']] }),
    idOf(guarded('a'), { roleClaim: ['groups'] }),
    idOf(guarded('a'), { forward: [{ header: 'X-User', fact: { kind: 'claim', claim: ['sub'] } }] }),
    idOf(
      operation('GET', {
        id: 'a',
        authentication: sourced(anyOf([[{ authenticator: 'user', scopes: [] }]], 'optional')),
      }),
    ),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
});

test('inputs are exactly what the decision may depend on', () => {
  const compare = (left: Expression & { kind: 'compare' }): Expression => left;
  const policies: readonly Expression[] = [
    { kind: 'ip', ranges: [range('10.0.0.0/8')] },
    compare({
      kind: 'compare',
      left: { kind: 'query', name: 'q' },
      operator: '==',
      right: { kind: 'header', name: 'x-a' },
    }),
    compare({
      kind: 'compare',
      left: { kind: 'path', name: 'id' },
      operator: '!=',
      right: { kind: 'header', name: 'x-a' },
    }),
    compare({
      kind: 'compare',
      left: { kind: 'method' },
      operator: '==',
      right: { kind: 'query', name: 'r' },
    }),
  ];
  const from = sourced([
    { kind: 'header', name: 'AUTHORIZATION' },
    { kind: 'header', name: 'X-Token' },
    { kind: 'cookie', name: 'Sid' },
  ] as const);
  const one = guarded('a', policies, 'POST');
  expect(withOperations([one], { from }).guardOf(one)?.inputs).toEqual([
    { kind: 'authorization' },
    { kind: 'header', name: 'x-token' },
    { kind: 'cookie', name: 'Sid' },
    { kind: 'origin' },
    { kind: 'fetchSite' },
    { kind: 'address' },
    { kind: 'query' },
    { kind: 'header', name: 'x-a' },
    { kind: 'path' },
  ]);
  expect(withOperations([guarded('b')]).guardOf({ id: 'b' })?.inputs).toEqual([{ kind: 'authorization' }]);
});

test('origins of every site that serves an operation count, once (R11)', () => {
  expect(guardData(data, operations.change).crossSite?.origins).toEqual([
    'http://shop.test:8080',
    'https://admin.test:8443',
    'https://shop.test',
  ]);
  expect(guardData(data, operations.session).crossSite).toBe(undefined);
});

test('an operation under two base paths reads its parameters from both', () => {
  const one = guarded('a', [
    {
      kind: 'compare',
      left: { kind: 'path', name: 'id' },
      operator: '==',
      right: { kind: 'claim', claim: ['sub'] },
    },
  ]);
  const two = buildVerifierData(
    gateway({
      authenticators: [authenticator('user')],
      sites: ['/v1/a/{id}', '/a/{id}', '/a/{id}'].map((path, i) =>
        site([route(path, [one])], [host(`h${i}.test`)]),
      ),
    }),
  );
  expect(guardData(two, one).paths.map(({ pattern }) => pattern)).toEqual([
    '^/v1/a/([^/]+?)$',
    '^/a/([^/]+?)$',
  ]);
});

test.each([
  ['/a/{x}', '/a/b', ['b']],
  ['/a/{x}', '/a/b/c', undefined],
  ['/a/{x}', '/a/', undefined],
  ['/{x}.{y}', '/a.b.c', ['a', 'b.c']],
  ['/{x}...{y}', '/v1...v2', ['v1', 'v2']],
  ['/{x}-{y}-', '/a--b-', ['a', '-b']],
  ['/(a+)+$/{x}', '/(a+)+$/b', ['b']],
  ['/f/{x+}', '/f/a/b', ['a/b']],
  ['/a.b/{x}', '/axb/c', undefined],
  ['/{x}/', '/a/', ['a']],
] as const)('the parameters of %s in %s', (template, path, values) => {
  const { pattern, names } = pathPattern(segments(template), new Set(['x', 'y']));
  const match = new RegExp(pattern).exec(path);
  expect(match?.slice(1, 1 + names.length)).toEqual(values);
});

test('keys are public keys in SPKI with pinned algorithms', () => {
  const file = data.artifacts.find(({ path }) => path === 'data/authenticators/every.json');
  const keys = pinnedKeys(file?.contents);
  expect(keys.map((key) => key.algorithms)).toEqual(algorithms.map((one) => [one]));
  expect(keys.map((key) => key.signatureBytes)).toEqual([256, 256, 256, 256, 256, 256, 64, 96, 132]);
  for (const [index, { spki }] of keys.entries()) {
    const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
    expect(key.equals(algorithmKeys[index]?.publicKey ?? key)).toBe(true);
  }
  expect(JSON.stringify(data.artifacts)).not.toContain('"d":');
});

test('an authenticator narrows what its keys may verify', () => {
  const key = { ...verificationKey(signingKey('RS256')), algorithms };
  const narrowed = withOperations([guarded('a')], {
    keys: sourced([key]),
    algorithms: sourced(['PS256', 'ES256', 'RS384']),
  });
  const keys = pinnedKeys(narrowed.artifacts[0]?.contents);
  expect(keys[0]?.algorithms).toEqual(['PS256', 'RS384']);
});

test('names of authenticators become file names that no file system confuses', () => {
  const names = ['user', 'User', '..', '.', 'a/b', 'a\\b', 'x'.repeat(300), 'con', 'con:', '__proto__', 'é'];
  const { artifacts } = buildVerifierData(
    gateway({ authenticators: names.map((name) => authenticator(name)) }),
  );
  expect(new Set(artifacts.map(({ path }) => path.toLowerCase())).size).toBe(names.length);
  expect(pathFlaws(artifacts.map(({ path }) => path))).toEqual([]);
  for (const { path } of artifacts)
    expect(path).toMatch(/^data\/authenticators\/[a-z0-9_][a-z0-9_.-]{0,80}\.json$/);
});

test('every algorithm is supported where njs has WebCrypto', () => {
  const everywhere = [...algorithms, 'HS256', 'HS384', 'HS512'];
  expect(supportedAlgorithms('1.22')).toEqual(everywhere);
  expect(supportedAlgorithms('1.31')).toEqual(everywhere);
  expect(supportedAlgorithms('2.0')).toEqual(everywhere);
  expect(supportedAlgorithms('1.18')).toEqual([]);
});
