import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchSegments } from '../../src/decide/match-route.ts';
import { hasTargetBytes, judgePath } from '../../src/decide/path-profile.ts';
import type { PathCharacter, Segment } from '../../src/model/path.ts';
import type { TemplateData } from '../../src/targets/aws/authorizer/authorizer-data.ts';
import { templateData } from '../../src/targets/aws/authorizer/template-data.ts';
import {
  authenticator,
  gateway,
  operation,
  required,
  route,
  segments,
  site,
  sourced,
  verificationKey,
} from '../support/model.ts';
import { mint } from '../support/tokens.ts';
import { goodClaims, keys } from '../verifier/fixture.ts';
import { httpEvent } from './http-event.ts';
import { authorizerModule } from './module.ts';
import { httpOutcomeOf, outcomeOf } from './outcome.ts';
import { restEvent } from './rest-event.ts';
import { startAuthorizer } from './running-authorizer.ts';

const { isCanonical } = authorizerModule<{
  readonly isCanonical: (path: string, allowed: readonly string[]) => boolean;
}>('path.js');

const characters: readonly PathCharacter[] = [';', '%3B', '%2F', '%5C', '%25'];
const pieces = [
  ...[
    '/',
    '/',
    '/',
    '//',
    'a',
    'b',
    '.',
    '..',
    '...',
    '%2e',
    '%2E%2e',
    '%2f',
    '%2F',
    '%5c',
    '%5C',
    '\\',
    ';',
    ';x',
  ],
  ...[
    '%3b',
    '%3B',
    '%00',
    '%0A',
    '%7f',
    '%20',
    '%25',
    '%2525',
    '%',
    '%z',
    '%4',
    '%61',
    '%7E',
    '%c3%a9',
    '%C3',
    '%ff',
  ],
  ...[
    '%c0%ae',
    '%ED%A0%80',
    '%F0%9F%98%80',
    '\u00e9',
    ' ',
    '"',
    '#',
    '?',
    '|',
    '{a}',
    '[b]',
    '~',
    '@',
    '%',
    '+',
    '=',
  ],
];

test('paths are canonical exactly where the law says so (P1 to P15)', () => {
  const paths = fc.array(fc.constantFrom(...pieces), { maxLength: 7 }).map((parts) => `/${parts.join('')}`);
  const seen = { canonical: 0, other: 0 };
  fc.assert(
    fc.property(paths, fc.subarray([...characters]), (path, allowed) => {
      const verdict = hasTargetBytes(path) && !path.includes('?') ? judgePath(path) : undefined;
      const expected =
        verdict?.kind === 'canonical' ||
        (verdict?.kind === 'relaxable' && verdict.characters.every((one) => allowed.includes(one)));
      seen[expected ? 'canonical' : 'other'] += 1;
      expect({ path, allowed, found: isCanonical(path, allowed) }).toEqual({
        path,
        allowed,
        found: expected,
      });
    }),
    { numRuns: 20_000, seed: 3 },
  );
  expect(Math.min(seen.canonical, seen.other)).toBeGreaterThan(1000);
});

const { parametersOf } = authorizerModule<{
  readonly parametersOf: (
    path: string,
    template: TemplateData,
    understood: object,
  ) => ReadonlyMap<string, string> | undefined;
}>('path.js');

/** What the function finds in a path under a template, all variables as API Gateway has understood them. */
function found(of: readonly Segment[], path: string) {
  const served = { operation: operation(), segments: of, resourcePath: '/', methods: ['GET'], hosts: [] };
  return parametersOf(path, { ...templateData(served), variables: [] }, {});
}

describe('parameters are what the reference finds (N2, N7)', () => {
  const literals = fc.constantFrom('.', '..', '-', 'a', '0', '10', '.json', '...', '$&', '(');
  const piecesOf = fc.array(fc.oneof(fc.constant(undefined), fc.constant(undefined), literals), {
    minLength: 1,
    maxLength: 5,
  });
  const template = fc.tuple(fc.array(piecesOf, { minLength: 1, maxLength: 3 }), fc.boolean());
  const text = fc.array(fc.constantFrom('.', '-', 'a', '0', '1', '.json', '/', '$&', '(', 'b', '%C3'), {
    maxLength: 9,
  });

  test('in segments of any pieces', () => {
    let matches = 0;
    fc.assert(
      fc.property(template, text, ([parts, greedy], characters) => {
        let number = 0;
        const of: Segment[] = parts.map((part) => ({
          kind: 'plain',
          pieces: part.map((one) => {
            number += 1;
            return one === undefined
              ? { kind: 'parameter', name: `p${number}` }
              : { kind: 'literal', text: one };
          }),
        }));
        if (greedy) of.push({ kind: 'greedy', name: 'rest' });
        const path = `/${characters.join('')}`;
        const expected = matchSegments(of, path);
        if (expected !== undefined) matches += 1;
        expect({ of, path, parameters: found(of, path) }).toEqual({ of, path, parameters: expected });
      }),
      { numRuns: 20_000, seed: 9 },
    );
    expect(matches).toBeGreaterThan(500);
  });

  test.each(['/{a}.{b}.{c}.{d}.json', '/{a}{b}{c}.x', '/{a}...{b}...{c}'])(
    'without long search: %s',
    (written) => {
      const of = segments(written);
      const started = performance.now();
      for (const hostile of ['.'.repeat(10_000), 'a.'.repeat(5000), `${'.json'.repeat(2000)}x`]) {
        expect(found(of, `/${hostile}/`)).toBe(undefined);
      }
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );
});

const user = authenticator('user', { keys: sourced([verificationKey(keys.es)]) });
const isOwner = {
  kind: 'compare',
  left: { kind: 'claim', claim: ['sub'] },
  operator: '==',
  right: { kind: 'path', name: 'id' },
} as const;
const guarded = (id: string, changes = {}) =>
  operation('GET', { id, authentication: sourced(required('user')), ...changes });
const owner = { authorization: [sourced(isOwner)] };
const files = sourced({ characters: ['%2F', '%3B'] as const, reason: 'names of files' });
const model = gateway({
  authenticators: [user],
  sites: [
    site([
      route('/v1/users/{id}', [guarded('user', owner)]),
      route('/v1/compare/{base}...{id}', [guarded('comparison', owner)]),
      route('/v1/open/{id}.json', [operation('GET', { id: 'open' })]),
      route('/v1/@me', [guarded('me')]),
      route('/v1/free/{id}', [operation('GET', { id: 'free' })]),
      route('/v1/files/{name}', [guarded('file', { pathCharacters: files })]),
      route('/v1/tree/{id+}', [guarded('tree', owner)]),
    ]),
  ],
});
const { data, guardOf, handler } = startAuthorizer(model);
const http = startAuthorizer(model, { api: 'http' }).handler;

async function kindsOf(resourcePath: string, path: string, sub = 'alice') {
  const token = mint(goodClaims(Math.floor(Date.now() / 1000), { sub }), { key: keys.es });
  const request = { resourcePath, path, headers: [`Authorization: Bearer ${token}`] };
  const rest = await outcomeOf(handler, restEvent(request));
  const simple = await httpOutcomeOf(http, httpEvent(request));
  const told = 'context' in rest ? rest.context['reason'] : '';
  return [rest.kind === simple.kind ? rest.kind : `${rest.kind} or ${simple.kind}`, told];
}

describe('what a policy compares is what API Gateway hands to the back end (Z5, P17)', () => {
  test.each([
    ['/v1/users/{v3}', '/v1/users/alice', 'allow', 'ok'],
    ['/v1/users/{v3}', '/v1/users/bob', 'deny', 'policy'],
    ['/v1/users/{v3}', '/v1/users/Alice', 'deny', 'policy'],
    ['/v1/users/{v3}', '/v1/users/alice%2F..%2Fbob', 'deny', 'bad-target'],
    ['/v1/users/{v3}', '/v1/users/alice%5C', 'deny', 'bad-target'],
    ['/v1/users/{v3}', '/v1/users/..', 'deny', 'bad-target'],
    ['/v1/users/{v3}', '/v1/users/alice%00', 'deny', 'bad-target'],
    ['/v1/users/{v3}', '/v1/users/alice;x', 'deny', 'bad-target'],
    ['/v1/users/{v3}', '/v1/users/alice%2561', 'deny', 'bad-target'],
    ['/v1/users/{v3}', '/v2/users/alice', 'deny', 'bad-target'],
    ['/v1/compare/{v3}', '/v1/compare/x...alice', 'allow', 'ok'],
    ['/v1/compare/{v3}', '/v1/compare/x...bob', 'deny', 'policy'],
    ['/v1/compare/{v3}', '/v1/compare/alice', 'deny', 'bad-target'],
    ['/v1/{v2}', '/v1/@me', 'allow', 'ok'],
    ['/v1/{v2}', '/v1/@you', 'deny', 'bad-target'],
    ['/v1/tree/{v3+}', '/v1/tree/alice', 'allow', 'ok'],
    ['/v1/tree/{v3+}', '/v1/tree/alice/x', 'deny', 'policy'],
    ['/v1/tree/{v3+}', '/v1/tree/alice//x', 'deny', 'bad-target'],
    ['/v1/files/{v3}', '/v1/files/a%2Fb%3Bc', 'allow', 'ok'],
    ['/v1/files/{v3}', '/v1/files/a%2F..%2Fb', 'deny', 'bad-target'],
    ['/v1/files/{v3}', '/v1/files/a%5Cb', 'deny', 'bad-target'],
  ])('%s serves %s: %s, %s', async (resource, path, kind, reason) => {
    const [found, told] = await kindsOf(resource, path);
    // An HTTP API matches paths itself: a base path that is another never gets here.
    if (path.startsWith('/v1')) expect([found, told]).toEqual([kind, reason]);
    else expect(told).toBe(reason);
  });

  test.each([
    ['another value', { v3: 'bob' }],
    ['a value decoded twice', { v3: 'a/b' }],
    ['no value', {}],
    ['no values', null],
  ])('a request of which API Gateway has understood %s is refused', async (_name, pathParameters) => {
    const token = mint(goodClaims(Math.floor(Date.now() / 1000)), { key: keys.es });
    const request = { resourcePath: '/v1/users/{v3}', path: '/v1/users/alice' };
    const event = restEvent({ ...request, headers: [`Authorization: Bearer ${token}`] });
    expect(await outcomeOf(handler, { ...event, pathParameters })).toMatchObject({
      kind: 'deny',
      context: { reason: 'bad-target' },
    });
  });
});

describe('public operations have a guard where API Gateway cannot tell their paths apart (N2)', () => {
  const open = { resourcePath: '/v1/open/{v3}' };
  test.each([
    ['/v1/open/a.json', 'allow'],
    ['/v1/open/.json', 'deny'],
    ['/v1/open/a.xml', 'deny'],
    ['/v1/open/a.json.', 'deny'],
    ['/v1/open/%2E%2E.json', 'deny'],
  ])('%s: %s', async (path, kind) => {
    expect((await outcomeOf(handler, restEvent({ ...open, path }))).kind).toBe(kind);
    // An HTTP API has decoded the path: there, a needless escape is none.
    const simple = path.includes('%2E') ? 'allow' : kind;
    expect((await httpOutcomeOf(http, httpEvent({ ...open, path }))).kind).toBe(simple);
  });

  test('whose answers are kept by method, resource and path', () => {
    const [served] = model.sites.flatMap(({ routes }) =>
      routes.flatMap(({ operations }) => operations.filter(({ id }) => id === 'open')),
    );
    if (served === undefined) throw new Error('it is not served');
    expect(guardOf({ operation: served, ...open })).toMatchObject({
      ttlSeconds: 300,
      identitySource: 'context.httpMethod, context.resourcePath, context.path',
      schemeName: 'gateway-path-300s',
    });
  });

  test('two operations in one place are guarded alike', () => {
    const twice = (...scopes: readonly (readonly string[])[]) =>
      scopes.map((one, index) => ({
        operation: operation('GET', {
          id: `number-${index}`,
          authentication: sourced(required('user', one)),
        }),
        segments: [],
        resourcePath: '/same',
        methods: ['GET'],
        hosts: [],
      }));
    expect(Object.keys(startAuthorizer(model, { served: twice(['a'], ['a']) }).data.operations)).toEqual([
      'GET /same',
    ]);
    expect(() => startAuthorizer(model, { served: twice(['a'], ['b']) })).toThrow(
      'two operations with different guards are served as GET /same',
    );
  });

  test('others have none', () => {
    expect(Object.keys(data.operations).filter((key) => key.includes('/free/'))).toEqual([]);
  });
});
