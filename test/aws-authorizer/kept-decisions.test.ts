import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Operation, OperationFeatures } from '../../src/model/gateway.ts';
import type { Expression } from '../../src/model/policy.ts';
import type { GuardUse } from '../../src/targets/aws/authorizer/guard-use.ts';
import {
  anyOf,
  authenticator,
  gateway,
  operation,
  range,
  required,
  route,
  site,
  sourced,
  verificationKey,
} from '../support/model.ts';
import { mint } from '../support/tokens.ts';
import { goodClaims, keys } from '../verifier/fixture.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { type RestRequest, restEvent } from './rest-event.ts';
import { type RunningAuthorizer, startAuthorizer } from './running-authorizer.ts';
import { servedOperations } from './served.ts';

/*
 * API Gateway keeps what an authorizer answers under the values of its identity sources, for all operations of one
 * authorizer (API Gateway Developer Guide, "Use API Gateway Lambda authorizers"). What is kept must be right for every
 * request that finds it (BEHAVIOUR.md J25): Alice's answer is never Bob's.
 */

const user = authenticator('user', {
  keys: sourced([verificationKey(keys.es)]),
  clockSkewSeconds: sourced(60),
});
const session = authenticator('session', {
  keys: sourced([verificationKey(keys.es)]),
  from: sourced([{ kind: 'cookie', name: 'session' }]),
});
const anywhere = authenticator('anywhere', {
  keys: sourced([verificationKey(keys.es)]),
  from: sourced([
    { kind: 'header', name: 'X-Token' },
    { kind: 'cookie', name: 'session' },
  ]),
});
const exact = authenticator('exact', {
  keys: sourced([verificationKey(keys.es)]),
  clockSkewSeconds: sourced(0),
});
const other = authenticator('other', {
  keys: sourced([verificationKey(keys.es)]),
  from: sourced([{ kind: 'header', name: 'X-Token' }]),
});

const isOwner: Expression = {
  kind: 'compare',
  left: { kind: 'claim', claim: ['sub'] },
  operator: '==',
  right: { kind: 'path', name: 'id' },
};
const reads = (kind: 'query' | 'header'): Expression => ({
  kind: 'compare',
  left: { kind: 'claim', claim: ['sub'] },
  operator: '==',
  right: { kind, name: 'who' },
});

function guarded(
  id: string,
  authentication: OperationFeatures['authentication']['value'],
  policy?: Expression,
  method = 'GET',
): Operation {
  return operation(method, {
    id,
    authentication: sourced(authentication),
    authorization: policy === undefined ? undefined : [sourced(policy)],
  });
}

const office: Expression = { kind: 'ip', ranges: [range('10.0.0.0/8')] };
const routes = [
  route('/plain', [
    guarded('plain', required('user')),
    guarded('change', required('user', ['write']), undefined, 'POST'),
  ]),
  route('/scoped', [guarded('scoped', required('user', ['read']))]),
  route('/owners/{id}', [guarded('owner', required('user'), isOwner)]),
  route('/owners/{id}/name', [guarded('ownerName', required('user'), isOwner)]),
  route('/files/{id}.json', [guarded('file', required('user'))]),
  route('/exact', [guarded('exact', required('exact'))]),
  route('/query', [guarded('query', required('user'), reads('query'))]),
  route('/header', [guarded('header', required('user'), reads('header'))]),
  route('/office', [guarded('office', required('user'), office)]),
  route('/optional', [guarded('optional', anyOf([[{ authenticator: 'user', scopes: [] }]], 'optional'))]),
  route('/session', [guarded('session', required('session'))]),
  route('/anywhere', [guarded('anywhere', required('anywhere'))]),
  route('/two', [
    guarded(
      'two',
      anyOf([[{ authenticator: 'user', scopes: [] }], [{ authenticator: 'other', scopes: [] }]]),
    ),
  ]),
];
const api = gateway({
  authenticators: [user, session, anywhere, exact, other],
  sites: [site(routes)],
});
const served = servedOperations(api);

function useOf({ guardOf }: RunningAuthorizer, id: string): GuardUse {
  const found = served.find(({ operation: { id: known } }) => known === id);
  const use = found && guardOf(found);
  if (use === undefined) throw new Error(`${id} has no guard`);
  return use;
}

describe('what is kept, and under which key', () => {
  const running = startAuthorizer(api);
  test.each([
    ['plain', 60, 'method.request.header.Authorization, context.httpMethod, context.resourcePath'],
    ['scoped', 60, 'method.request.header.Authorization, context.httpMethod, context.resourcePath'],
    [
      'owner',
      60,
      'method.request.header.Authorization, context.httpMethod, context.resourcePath, context.path',
    ],
    [
      'file',
      60,
      'method.request.header.Authorization, context.httpMethod, context.resourcePath, context.path',
    ],
    ['exact', 0, undefined],
    ['query', 0, undefined],
    ['header', 0, undefined],
    ['office', 0, undefined],
    ['optional', 0, undefined],
    ['session', 0, undefined],
    ['anywhere', 0, undefined],
    ['two', 0, undefined],
  ])('%s', (id, ttlSeconds, identitySource) => {
    expect(useOf(running, id)).toMatchObject({ ttlSeconds, identitySource });
  });

  test('operations share a scheme exactly when time and sources are the same', () => {
    const uses = served.map((one) => running.guardOf(one)).filter((one) => one !== undefined);
    const schemes = new Map(uses.map((one) => [one.schemeName, `${one.ttlSeconds} ${one.identitySource}`]));
    expect(new Set(schemes.values()).size).toBe(schemes.size);
    for (const one of uses)
      expect(schemes.get(one.schemeName)).toBe(`${one.ttlSeconds} ${one.identitySource}`);
    expect([...schemes.keys()].sort()).toEqual([
      'gateway',
      'gateway-authorization-60s',
      'gateway-authorization-path-60s',
    ]);
  });

  test('a guard has another id when anything that decides is another', () => {
    const ids = served.map((one) => running.guardOf(one)?.id);
    expect(ids[served.findIndex(({ operation: { id } }) => id === 'plain')]).toMatch(/^[0-9a-f]{16}$/);
    const slower = authenticator('user', {
      keys: sourced([verificationKey(keys.rs)]),
      clockSkewSeconds: sourced(60),
    });
    const changed = startAuthorizer({ ...api, authenticators: [slower, session, anywhere, exact, other] });
    expect(useOf(changed, 'plain').id).not.toBe(useOf(running, 'plain').id);
  });

  test('an HTTP API names its sources in its own way', () => {
    expect(useOf(startAuthorizer(api, { api: 'http' }), 'owner').identitySource).toBe(
      '$request.header.Authorization, $context.httpMethod, $context.routeKey, $context.path',
    );
  });

  test('where somebody else refuses odd paths, paths are in the key only if they decide', () => {
    const parameter = route('/items/{id}', [guarded('item', required('user'))]);
    const of = { ...api, sites: [site([...routes, parameter])] };
    const [front] = servedOperations(of).filter(({ operation: { id } }) => id === 'item');
    if (front === undefined) throw new Error('it is not served');
    const keyed = (pathProfile: 'authorizer' | 'elsewhere') => {
      const { guardOf } = startAuthorizer(of, { pathProfile, served: [front] });
      return guardOf(front)?.identitySource?.includes('context.path');
    };
    expect({ here: keyed('authorizer'), elsewhere: keyed('elsewhere') }).toEqual({
      here: true,
      elsewhere: false,
    });
  });
});

interface Kept {
  readonly outcome: Outcome;
  readonly until: number;
}

/** API Gateway with one authorizer for each scheme, which keeps answers as it says it does. */
class KeepingGateway {
  readonly #kept = new Map<string, Kept>();
  readonly #running: RunningAuthorizer;
  now = 1_800_000_000;
  asked = 0;

  constructor() {
    this.#running = startAuthorizer(api, { now: () => this.now * 1000 });
  }

  async ask(request: RestRequest): Promise<Outcome> {
    const place = served.find(
      ({ methods, resourcePath }) =>
        resourcePath === request.resourcePath && methods.includes(request.method ?? 'GET'),
    );
    const use = place && this.#running.guardOf(place);
    if (use?.identitySource === undefined) return this.askAuthorizer(request);
    const values = use.identitySource.split(', ').map((source) => sourceValue(source, request));
    if (values.includes('')) return { kind: 'unauthorized' };
    const key = JSON.stringify([use.schemeName, values]);
    const known = this.#kept.get(key);
    if (known !== undefined && this.now < known.until) return known.outcome;
    const outcome = await this.askAuthorizer(request);
    const isPolicy = outcome.kind === 'allow' || outcome.kind === 'deny';
    if (isPolicy) this.#kept.set(key, { outcome, until: this.now + use.ttlSeconds });
    return outcome;
  }

  /** As if nothing were kept. */
  askAuthorizer(request: RestRequest): Promise<Outcome> {
    this.asked += 1;
    return outcomeOf(this.#running.handler, restEvent(request));
  }
}

function sourceValue(source: string, request: RestRequest): string {
  const { headers = [], method = 'GET', path = request.resourcePath, resourcePath } = request;
  if (source === 'context.httpMethod') return method;
  if (source === 'context.resourcePath') return resourcePath;
  if (source === 'context.path') return `/live${path}`;
  const name = source.replace('method.request.header.', '').toLowerCase();
  const line = headers.find((one) => one.toLowerCase().startsWith(`${name}:`)) ?? '';
  return line.slice(name.length + 1).trim();
}

describe('a kept answer is the one that would be given', () => {
  let front: KeepingGateway;
  beforeEach(() => {
    front = new KeepingGateway();
  });
  const token = (now: number, claims: object): string =>
    mint(goodClaims(now, { ...claims }), { key: keys.es });
  const people = [
    { sub: 'alice', scope: 'read' },
    { sub: 'bob', scope: 'write' },
    { sub: 'carol', scope: '' },
  ];
  const requests = fc.record({
    place: fc.constantFrom(...served),
    who: fc.nat({ max: people.length }),
    id: fc.constantFrom('alice', 'bob', 'carol', '%61lice', 'alice%2Fx'),
    head: fc.boolean(),
    extra: fc.constantFrom('', 'who: alice', 'who: bob', 'X-Token: x', 'Cookie: session=x'),
    query: fc.constantFrom('', 'who=alice', 'who=bob'),
    sourceIp: fc.constantFrom('10.0.0.1', '203.0.113.9'),
    seconds: fc.constantFrom(0, 0, 0, 1, 30, 59, 61),
  });

  test('for any sequence of callers, operations, paths and other input', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(requests, { maxLength: 40 }), async (sequence) => {
        const gatewayFront = new KeepingGateway();
        const end = gatewayFront.now + 300;
        const tokens = people.map((claims) => token(gatewayFront.now, { ...claims, exp: end }));
        for (const { extra, head, id, place, query, seconds, sourceIp, who } of sequence) {
          gatewayFront.now += seconds;
          const bearer = tokens[who];
          const { methods, resourcePath } = place;
          const request: RestRequest = {
            method: methods[head ? methods.length - 1 : 0] ?? 'GET',
            resourcePath,
            path: resourcePath.replace(/\{v2\}/, place.operation.id === 'file' ? `${id}.json` : id),
            query,
            sourceIp,
            headers: [
              ...(bearer === undefined ? [] : [`Authorization: Bearer ${bearer}`]),
              ...(extra === '' ? [] : [extra]),
            ],
          };
          const kept = await gatewayFront.ask(request);
          const fresh = await gatewayFront.askAuthorizer(request);
          if (kept.kind === 'unauthorized') expect(fresh.kind).not.toBe('allow');
          // Of a token that ends while its answer is kept, the rest of its skew is used.
          else if (fresh.kind === 'unauthorized') expect(gatewayFront.now).toBeLessThan(end + 60);
          else expect(kept).toEqual(fresh);
        }
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  test("Alice's answer opens neither Bob's path nor another operation", async () => {
    const alice = token(front.now, { sub: 'alice', scope: 'read' });
    const headers = [`Authorization: Bearer ${alice}`];
    const owner = (id: string): RestRequest => ({
      resourcePath: '/owners/{v2}',
      path: `/owners/${id}`,
      headers,
    });
    expect((await front.ask(owner('alice'))).kind).toBe('allow');
    expect((await front.ask(owner('alice'))).kind).toBe('allow');
    expect(front.asked).toBe(1);
    expect((await front.ask(owner('bob'))).kind).toBe('deny');
    expect((await front.ask({ resourcePath: '/plain', headers })).kind).toBe('allow');
    expect((await front.ask({ resourcePath: '/plain', method: 'POST', headers })).kind).toBe('deny');
    expect((await front.ask({ ...owner('alice'), headers: [] })).kind).toBe('unauthorized');
  });

  test('no answer outlives the token with its skew (J12)', async () => {
    const headers = [`Authorization: Bearer ${token(front.now, { exp: front.now + 10 })}`];
    const request = { resourcePath: '/plain', headers };
    const end = front.now + 10 + 60;
    for (; front.now < end + 120; front.now += 7) {
      const { kind } = await front.ask(request);
      if (front.now >= end) expect(kind).toBe('unauthorized');
    }
  });
});
