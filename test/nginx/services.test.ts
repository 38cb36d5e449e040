import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BackendAnswer } from '../support/backend.ts';
import {
  type Headers,
  type IdentityGateway,
  json,
  startIdentityGateway,
  usersFile,
} from './identity-gateway.ts';
import { apiKeys, clientSecret } from './identity-model.ts';

const bearer = (token: string): Headers => [['Authorization', `Bearer ${token}`]];
const keyed = (key: string): Headers => [['X-Api-Key', key]];
const soon = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const named = (name: string): string => `canary-${name.replaceAll(' ', '-')}`;

let gateway: IdentityGateway;
beforeAll(async () => {
  gateway = await startIdentityGateway({ users: usersFile });
});
afterAll(async () => gateway?.stop());
beforeEach(() => {
  gateway.issuer.forget();
  gateway.oracle.forget();
});

/** Answers that are none, around a body that would admit. */
const noAnswers = (good: object): readonly (readonly [string, BackendAnswer])[] => [
  ['401', json(good, 401)],
  ['500', json(good, 500)],
  ['201', json(good, 201)],
  ['a redirect', { status: 302, headers: [['Location', '/']] }],
  ['HTML', { status: 200, headers: [['Content-Type', 'text/html']], body: '<html>active</html>' }],
  ['nothing', { status: 200, body: '' }],
  ['a list', json([good])],
  ['half an answer', { raw: `HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"active":true`, close: true }],
  ['too much', json({ ...good, more: 'x'.repeat(70_000) })],
  ['far too much', json({ ...good, more: 'x'.repeat(3_000_000) })],
  ['garbage', { raw: 'garbage\r\n\r\n', close: true }],
  ['no answer', 'reset'],
  ['no answer in time', 'hang'],
];

describe('opaque tokens', () => {
  const active = { active: true, aud: 'api', sub: 'olga', tenant: 't 1' };

  test('are what the authorization server says', async () => {
    gateway.issuer.answerWith(() => json({ ...active, exp: soon(60) }));
    const { answer, received } = await gateway.get('/opaque', bearer('canary-a&b=c/+~'));
    expect(answer.status).toBe(200);
    expect(received?.values('x-opaque')).toEqual(['olga']);
    expect(received?.values('x-tenant')).toEqual(['t 1']);
    const [asked] = gateway.issuer.requests;
    expect([asked?.method, asked?.target]).toEqual(['POST', '/oauth/introspect?realm=a%2Fb']);
    expect(asked?.body.toString()).toBe('token=canary-a%26b%3Dc%2F%2B%7E&token_type_hint=access_token');
    expect(asked?.values('content-type')).toEqual(['application/x-www-form-urlencoded']);
    expect(asked?.values('content-length')).toEqual([String(asked?.body.length)]);
    const client = `gate+way%3A1:${encodeURIComponent(clientSecret).replaceAll('%20', '+')}`;
    expect(asked?.values('authorization')).toEqual([`Basic ${Buffer.from(client).toString('base64')}`]);
    expect(asked?.headers.map(([name]) => name.toLowerCase()).sort()).toEqual(
      ['accept', 'authorization', 'content-length', 'content-type', 'host', 'user-agent'].sort(),
    );
  });

  test('are asked about again after their time', async () => {
    gateway.issuer.answerWith(() => json(active));
    for (let i = 0; i < 3; i += 1) {
      expect((await gateway.get('/opaque', bearer('canary-kept'))).answer.status).toBe(200);
    }
    expect(gateway.issuer.requests).toHaveLength(1);
    gateway.issuer.answerWith(() => json({ active: false }));
    await expect
      .poll(async () => (await gateway.get('/opaque', bearer('canary-kept'))).answer.status, {
        timeout: 5000,
      })
      .toBe(401);
  });

  test.each([
    ['is not active', { active: false }],
    ['is of another audience', { ...active, aud: 'other' }],
    ['names no audience', { active: true, sub: 'olga' }],
    ['has ended', { ...active, exp: 1 }],
    ['ends at a time that is none', { ...active, exp: 'never' }],
    ['has not begun', { ...active, nbf: 99_999_999_999 }],
  ])('%s: 401', async (name, body) => {
    gateway.issuer.answerWith(() => json(body));
    const { answer, received } = await gateway.get('/opaque', bearer(named(name)));
    expect([answer.status, answer.header('www-authenticate')]).toEqual([
      401,
      'Bearer realm="shop", error="invalid_token"',
    ]);
    expect(received).toBe(undefined);
  });

  test.each<readonly [string, BackendAnswer]>([
    ...noAnswers(active),
    ['a text for active', json({ ...active, active: 'true' })],
    ['no active', json({ aud: 'api' })],
    ['active twice', json('{"active":false,"active":true,"aud":"api"}')],
  ])('an authorization server that says %s: 503', async (name, body) => {
    gateway.issuer.answerWith(() => body);
    const { answer, received } = await gateway.get('/opaque', bearer(named(name)));
    expect([answer.status, answer.header('retry-after'), answer.header('www-authenticate')]).toEqual([
      503,
      '30',
      undefined,
    ]);
    expect(answer.text).toContain('urn:gwc:unavailable');
    expect(received).toBe(undefined);
    expect(await gateway.logged()).toMatchObject({ reason: 'unavailable' });
  });

  test('that no token can be are asked of nobody', async () => {
    for (const token of [
      'a'
        .repeat(8193 - 1000)
        .padEnd(7500, 'b')
        .concat('é'),
      'caf\xe9',
    ]) {
      expect((await gateway.get('/opaque', bearer(token))).answer.status).toBe(401);
    }
    expect(gateway.issuer.requests).toEqual([]);
  });

  test('need their scopes', async () => {
    gateway.issuer.answerWith(() => json({ ...active, scope: 'orders:write' }));
    const { answer } = await gateway.get('/scoped', bearer('canary-scopes'));
    expect([answer.status, answer.header('www-authenticate')]).toEqual([
      403,
      'Bearer realm="shop", error="insufficient_scope", scope="orders:read"',
    ]);
    gateway.issuer.answerWith(() => json({ ...active, scope: 'orders:write orders:read' }));
    expect((await gateway.get('/scoped', bearer('canary-more-scopes'))).answer.status).toBe(200);
  });
});

describe('a service that decides about credentials', () => {
  const credential = (text: string): Headers => [['X-Legacy', text]];

  test('is told the credential, and its claims are those of the caller', async () => {
    gateway.oracle.answerWith(() => json({ result: true, claims: { sub: 'lena' } }));
    const { answer, received } = await gateway.get('/legacy', credential('canary "quoted" \\ text'));
    expect(answer.status).toBe(200);
    expect(received?.values('x-legacy-user')).toEqual(['lena']);
    const [asked] = gateway.oracle.requests;
    expect([asked?.method, asked?.target]).toEqual(['POST', '/v1/check']);
    expect(JSON.parse(asked?.body.toString() ?? '')).toEqual({
      input: { scheme: 'legacy', credential: 'canary "quoted" \\ text' },
    });
    expect(asked?.values('x-gateway')).toEqual(['Key canary-oracle']);
    expect(asked?.values('content-type')).toEqual(['application/json']);
  });

  test('is asked each time where nothing may be kept', async () => {
    gateway.oracle.answerWith(() => json({ result: true }));
    for (let i = 0; i < 3; i += 1) {
      expect((await gateway.get('/legacy', credential('canary-each'))).answer.status).toBe(200);
    }
    expect(gateway.oracle.requests).toHaveLength(3);
    gateway.oracle.answerWith(() => json({ result: false }));
    const { answer } = await gateway.get('/legacy', credential('canary-each'));
    expect([answer.status, answer.header('www-authenticate')]).toEqual([
      401,
      'Bearer realm="shop", error="invalid_token"',
    ]);
  });

  test.each<readonly [string, BackendAnswer]>([
    ...noAnswers({ result: true }),
    ['no result', json({})],
    ['a text for result', json({ result: 'true' })],
    ['claims that are none', json({ result: true, claims: ['sub'] })],
    ['claims of null', json({ result: true, claims: null })],
    ['a result of null', json({ result: null })],
  ])('that says %s: 503', async (name, body) => {
    gateway.oracle.answerWith(() => body);
    const { answer, received } = await gateway.get('/legacy', credential(named(name)));
    expect([answer.status, answer.header('retry-after')]).toEqual([503, '30']);
    expect(received).toBe(undefined);
  });
});

describe('a service that policies ask', () => {
  test('is told who asks for what', async () => {
    gateway.oracle.answerWith(() => json({ result: true }));
    expect((await gateway.get('/judged', keyed(apiKeys.acme))).answer.status).toBe(200);
    const [asked] = gateway.oracle.requests;
    expect([asked?.method, asked?.target]).toEqual(['POST', '/v1/judge']);
    expect(asked?.values('x-gateway')).toEqual(['Key canary-oracle']);
    expect(JSON.parse(asked?.body.toString() ?? '')).toEqual({
      input: { method: 'GET', path: '/judged', consumer: { id: 'acme', groups: ['gold'] } },
    });
  });

  test('is not asked about callers whom nobody knows', async () => {
    expect((await gateway.get('/judged', keyed('gw_canary-nobody'))).answer.status).toBe(401);
    expect(gateway.oracle.requests).toEqual([]);
  });

  test.each<readonly [string, BackendAnswer]>([
    ['no', json({ result: false })],
    ...noAnswers({ result: true }).filter(([name]) => !name.endsWith('too much')),
    ['no result', json({})],
  ])('that says %s: 403', async (_, body) => {
    gateway.oracle.answerWith(() => body);
    const { answer, received } = await gateway.get('/judged', keyed(apiKeys.acme));
    expect([answer.status, answer.header('www-authenticate')]).toEqual([403, undefined]);
    expect(received).toBe(undefined);
  });
});
