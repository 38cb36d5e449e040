import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/index.ts';
import type { OperationFeatures } from '../../src/model/gateway.ts';
import { request } from '../support/arrival.ts';
import {
  authenticator,
  backend,
  gateway,
  host,
  limit,
  operation,
  range,
  required,
  route,
  site,
  sourced,
} from '../support/model.ts';

const user = authenticator('user', {
  login: sourced({ url: 'https://login.test/start', returnParam: 'return_to' }),
});
const modelOf = (features: Partial<OperationFeatures>, hosts = [host()]) =>
  gateway({
    authenticators: [user],
    sites: [
      site(
        [route('/a', [operation('GET', { id: 'a', ...features }), operation('OPTIONS', features)])],
        hosts,
      ),
    ],
  });
const ask = (features: Partial<OperationFeatures>, line: string, headers: readonly string[] = []) =>
  decide(modelOf(features), request(line, headers), { now: 0 });
const location = (headers: readonly (readonly [string, string])[]) =>
  headers.find(([name]) => name === 'Location')?.[1];

describe('R2, R3, R5: people are sent to the login page', () => {
  const protectedBy = (trigger: 'browser' | 'always') => ({
    authentication: sourced(required()),
    login: sourced(trigger),
  });
  test.each([
    ['a navigation', ['Sec-Fetch-Mode: navigate'], true],
    ['an older browser', ['Accept: text/html,*/*;q=0.8'], true],
    ['html with a weight', ['Accept: application/json, text/html;q=0.1'], true],
    ['an expired token in a cookie', ['Accept: text/html', 'Cookie: a=b'], true],
    ['a fetch', ['Accept: text/html', 'Sec-Fetch-Mode: cors'], false],
    ['html refused', ['Accept: text/html;q=0, */*'], false],
    ['html refused in digits', ['Accept: text/html;q=0.000'], false],
    ['anything', ['Accept: */*'], false],
    ['no preference', [], false],
    ['a script', ['Accept: text/html', 'X-Requested-With: XMLHttpRequest'], false],
    ['a program', ['Accept: text/html', 'Authorization: Bearer x'], false],
    ['another scheme', ['Accept: text/html', 'Authorization: Basic x'], false],
  ] as const)('browser: %s', (_, headers, redirected) => {
    expect(ask(protectedBy('browser'), 'GET /a', headers).status).toBe(redirected ? 302 : 401);
  });
  test('the answer is exact', () => {
    const decision = ask(protectedBy('browser'), "GET /a?x='%0d&y=%26", [
      'Accept: text/html',
      'X-Forwarded-Host: evil.test',
    ]);
    expect(decision.headers).toEqual([
      ['Location', "https://login.test/start?return_to=https%3A%2F%2Fa.test%2Fa%3Fx%3D'%250d%26y%3D%2526"],
      ['Cache-Control', 'no-store'],
      ['Vary', 'Accept, Sec-Fetch-Mode, Cookie'],
      ['Strict-Transport-Security', 'max-age=15552000'],
    ]);
  });
  test('an address over 1024 bytes is left out', () => {
    const length = 1024 - 'https://a.test/a?'.length;
    const ending = (more: number) =>
      location(
        ask(protectedBy('browser'), `GET /a?${'b'.repeat(length + more)}`, ['Accept: text/html']).headers,
      );
    expect(ending(0)).toContain('return_to=');
    expect(ending(1)).toBe('https://login.test/start');
  });
  test('always: everybody but a preflight', () => {
    expect(ask(protectedBy('always'), 'GET /a').status).toBe(302);
    expect(ask(protectedBy('always'), 'OPTIONS /a').status).toBe(302);
    const preflight = ['Origin: https://b.test', 'Access-Control-Request-Method: GET'];
    expect(ask(protectedBy('always'), 'OPTIONS /a', preflight).status).toBe(401);
  });
});

describe('T2: plain HTTP', () => {
  const plain = (line: string, headers: readonly string[] = []) =>
    decide(modelOf({}), request(line, headers, { listener: 'http', port: 80, serverName: undefined }), {
      now: 0,
    });
  test('is redirected, whatever the method, never served', () => {
    expect(plain('POST /nope?x')).toMatchObject({
      status: 308,
      forwarded: undefined,
      headers: [['Location', 'https://a.test/nope?x']],
    });
    expect(plain('GET /../a').status).toBe(400);
  });
  test('an http site of its own is served', () => {
    const model = modelOf({}, [host('a.test', 'http', 8080)]);
    const served = decide(
      model,
      request('GET /a', [], { listener: 'http', port: 8080, serverName: undefined }),
      { now: 0 },
    );
    expect(served.headers).toEqual([]);
    expect(served.forwarded?.headers).toEqual(
      expect.arrayContaining([
        ['x-forwarded-proto', 'http'],
        ['x-forwarded-host', 'a.test'],
        ['x-forwarded-port', '8080'],
        ['x-forwarded-for', '192.0.2.1'],
        ['host', 'main.internal:8080'],
      ]),
    );
  });
  test('behind a load balancer its word counts, nobody else’s', () => {
    const upstream = { ...modelOf({}), trustedProxies: [sourced(range('10.0.0.0/8'))] };
    const model = { ...upstream, tls: { ...upstream.tls, termination: sourced('upstream' as const) } };
    const from = (peer: string, proto: string) =>
      decide(
        model,
        request('GET /a', [`X-Forwarded-Proto: ${proto}`], {
          listener: 'http',
          port: 80,
          serverName: undefined,
          peer,
        }),
        { now: 0 },
      );
    expect(from('10.0.0.1', 'https').forwarded).toBeDefined();
    expect(from('10.0.0.1', 'http').status).toBe(308);
    expect(from('192.0.2.1', 'https').status).toBe(308);
  });
});

describe('Z7, L1-L5: addresses and limits', () => {
  const office = {
    ipAccess: sourced({
      allow: [[range('10.0.0.0/8')], [range('10.1.0.0/16')]],
      deny: [range('10.1.9.0/24')],
    }),
  };
  const proxied = (forwardedFor: string, peer = '192.0.2.9') => {
    const model = {
      ...modelOf(office),
      trustedProxies: [sourced(range('192.0.2.9/32')), sourced(range('10.9.0.0/16'))],
    };
    return decide(model, request('GET /a', [`X-Forwarded-For: ${forwardedFor}`], { peer }), { now: 0 })
      .status;
  };
  test.each([
    ['10.1.2.3', undefined],
    ['::ffff:10.1.2.3', undefined],
    ['10.1.2.3:4711', undefined],
    ['6.6.6.6, 10.1.2.3', undefined],
    ['10.1.2.3, 10.9.0.1', undefined],
    ['10.1.2.3, 6.6.6.6', 403],
    ['10.2.2.3', 403],
    ['10.1.9.3', 403],
    ['10.1.2.3, unknown', 403],
    ['', 403],
  ])('behind a trusted proxy, %j', (forwardedFor, status) => {
    expect(proxied(forwardedFor)).toBe(status);
  });
  test('a stranger cannot name an address', () => {
    expect(proxied('10.1.2.3', '192.0.2.8')).toBe(403);
  });
  test('a bucket empties, fills again and is one for each address', () => {
    const limits = [sourced(limit({ count: 2, period: 's', burst: 3 }))];
    const buckets = new Map();
    const from = (peer: string, now: number) =>
      decide(modelOf({ limits }), request('GET /a', [], { peer }), { now, buckets });
    expect([0, 0, 0, 0].map((now) => from('192.0.2.1', now).status)).toEqual([
      undefined,
      undefined,
      undefined,
      429,
    ]);
    expect(from('192.0.2.2', 0).status).toBeUndefined();
    expect(from('192.0.2.1', 0.4).status).toBe(429);
    expect(from('192.0.2.1', 0.6).status).toBeUndefined();
    expect(from('192.0.2.1', 0.6).headers).toContainEqual(['Retry-After', '1']);
  });
});

describe('what is forwarded', () => {
  const target = (path: string, features: Partial<OperationFeatures>, baseSegments = 0, template = path) => {
    const model = gateway({
      backends: [backend('main', { basePath: '/base' })],
      sites: [site([route(template, [operation('GET', features)], { baseSegments })])],
    });
    return decide(model, request(`GET ${path}?`), { now: 0 }).forwarded?.target;
  };
  test('the raw path below the base path, and the query as it is', () => {
    expect(target('/v1/a%20b/c', {}, 1)).toBe('/base/a%20b/c?');
    expect(target('/v1/', {}, 1)).toBe('/base/?');
  });
  test('a rewrite copies raw parameters', () => {
    const pieces = sourced([
      { kind: 'literal', text: '/things/' } as const,
      { kind: 'parameter', name: 'id' } as const,
    ]);
    const features = { backend: sourced({ backend: 'main', target: { kind: 'template', pieces } as const }) };
    expect(target('/v1/a%20b/x', features, 1, '/v1/{id}/x')).toBe('/base/things/a%20b?');
  });
  test('header changes of the document', () => {
    const requestHeaders = sourced({
      remove: ['X-Gone'],
      set: [{ name: 'X-Set', value: 'v' }],
      add: [{ name: 'X-Added', value: 'w' }],
    });
    const responseHeaders = sourced({
      remove: [],
      set: [{ name: 'X-Frame-Options', value: 'DENY' }],
      add: [],
    });
    const decision = ask({ requestHeaders, responseHeaders }, 'GET /a', ['X-Gone: 1', 'X-Set: 2']);
    expect(decision.forwarded?.headers).toEqual(
      expect.arrayContaining([
        ['x-set', 'v'],
        ['x-added', 'w'],
      ]),
    );
    expect(decision.forwarded?.absent).toContain('x-gone');
    expect(decision.headers).toContainEqual(['X-Frame-Options', 'DENY']);
  });
});
