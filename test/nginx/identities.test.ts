import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Headers,
  type IdentityGateway,
  partner,
  passwords,
  startIdentityGateway,
  usersFile,
  visitor,
} from './identity-gateway.ts';
import { apiKeys } from './identity-model.ts';

const basic = (user: string, password: string): Headers => [
  ['Authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`],
];
const keyed = (key: string): Headers => [['X-Api-Key', key]];

let gateway: IdentityGateway;
beforeAll(async () => {
  gateway = await startIdentityGateway({ users: usersFile });
});
afterAll(async () => gateway?.stop());
describe('API keys', () => {
  test.each([
    ['in a header', '/key', keyed(apiKeys.acme), 'acme'],
    ['of another consumer', '/key', keyed(apiKeys.spare), 'spare parts'],
    ['in the query', `/key?a=1&api%20key=${encodeURIComponent(apiKeys.acme)}`, [], 'acme'],
    ['in a cookie', '/key', [['Cookie', `a=b; key=${apiKeys.acme}`]], 'acme'],
    ['of bytes beyond ASCII', '/key?api%20key=cl%C3%A9', [], 'acme'],
  ] as const)('%s make a consumer', async (_, path, headers, consumer) => {
    const { answer, received } = await gateway.get(path, headers);
    expect(answer.status).toBe(200);
    expect(received?.values('x-consumer')).toEqual([consumer]);
    expect(received?.values('x-api-key')).toEqual([]);
    expect(await gateway.logged()).toMatchObject({ subject: consumer, consumer, reason: 'ok' });
  });

  test.each([
    ['nobody', '/key', keyed('gw_canary-wrong')],
    ['nobody, but for its case', '/key', keyed(apiKeys.acme.toUpperCase())],
    ['its hash', '/key', keyed('a'.repeat(64))],
    ['two parameters', `/key?api%20key=${apiKeys.acme}&api%20key=${apiKeys.acme}`, []],
    ['two spellings of a parameter', `/key?api%20key=${apiKeys.acme}&%61pi%20key=x`, []],
    ['a broken escape', `/key?api%20key=${apiKeys.acme}%zz`, []],
    ['two cookies', '/key', [['Cookie', `key=${apiKeys.acme}; key=${apiKeys.acme}`]]],
  ] as const)('of %s are refused', async (_, path, headers) => {
    const { answer, received } = await gateway.get(path, headers);
    expect([answer.status, answer.header('www-authenticate')]).toEqual([401, 'ApiKey realm="shop"']);
    expect(received).toBe(undefined);
  });

  test('are asked for by their own challenge', async () => {
    const { answer } = await gateway.get('/key');
    expect([answer.status, answer.header('www-authenticate')]).toEqual([401, 'ApiKey realm="shop"']);
    expect(await gateway.logged()).toMatchObject({ reason: 'no-credential', consumer: '' });
  });

  test('in two places are a bad request', async () => {
    const { answer } = await gateway.get(`/key?api%20key=${apiKeys.acme}`, keyed(apiKeys.acme));
    expect(answer.status).toBe(400);
  });

  test('in a cookie do not pass from other sites (R11)', async () => {
    const cookie: Headers = [['Cookie', `key=${apiKeys.acme}`]];
    const forged = await gateway.get('/change', cookie, { method: 'POST' });
    expect([forged.answer.status, forged.answer.header('www-authenticate')]).toEqual([403, undefined]);
    const own = await gateway.get('/change', [...cookie, ['Sec-Fetch-Site', 'same-origin']], {
      method: 'POST',
    });
    expect(own.answer.status).toBe(200);
    const header = await gateway.get('/change', keyed(apiKeys.acme), { method: 'POST' });
    expect(header.answer.status).toBe(200);
  });

  test('have groups that policies ask for', async () => {
    expect((await gateway.get('/members', keyed(apiKeys.acme))).answer.status).toBe(200);
    const { answer } = await gateway.get('/members', keyed(apiKeys.spare));
    expect([answer.status, answer.header('www-authenticate')]).toEqual([403, undefined]);
  });
});

describe('users and passwords', () => {
  test.each(Object.entries(passwords))('%s', async (user, password) => {
    const { answer, received } = await gateway.get('/staff', basic(user, password));
    expect(answer.status).toBe(200);
    expect(received?.values('x-staff')).toEqual([user === 'däve' ? 'd%C3%A4ve' : user]);
  });

  test.each([
    ['a wrong password', basic('ann', 'canary-wrong')],
    ['an unknown user', basic('eve', passwords.ann)],
    ['no password', basic('ann', '')],
    ['no user', basic('', passwords.ann)],
    ['a password that ends early', basic('ann', `${passwords.ann}\0more`)],
    ['a line feed', basic('ann', `${passwords.ann}\n`)],
    ['no colon', [['Authorization', 'Basic YW5u']]],
    ['no base64', [['Authorization', 'Basic ann:canary-sesame']]],
    ['another padding', [['Authorization', 'Basic YW5uOmNhbmFyeS1zZXNhbWU']]],
    ['nothing', [['Authorization', 'Basic']]],
    ['two', [['Authorization', 'Basic YW5uOmNhbmFyeS1zZXNhbWU= YW5u']]],
  ] as const)('%s', async (_, headers) => {
    const { answer, received } = await gateway.get('/staff', headers);
    expect([answer.status, answer.header('www-authenticate')]).toEqual([
      401,
      'Basic realm="shop", charset="UTF-8"',
    ]);
    expect(received).toBe(undefined);
  });
});

describe('client certificates', () => {
  test('of a named subject pass', async () => {
    const { answer, received } = await gateway.get('/machine', [], { client: partner });
    expect(answer.status).toBe(200);
    expect(received?.values('x-machine')).toEqual(['CN=partner.test']);
    expect(await gateway.logged()).toMatchObject({ subject: 'CN=partner.test' });
  });

  test.each([
    ['of another subject', visitor],
    ['that nobody shows', undefined],
  ])('%s are refused', async (_, client) => {
    const { answer } = await gateway.get('/machine', [['X-Machine', 'CN=partner.test']], {
      ...(client === undefined ? {} : { client }),
    });
    expect([answer.status, answer.header('www-authenticate')]).toEqual([401, 'Certificate realm="shop"']);
  });

  test('no header stands for one', async () => {
    const forged: Headers = [
      ['Gwc-Input-0', 'SUCCESS CN=partner.test'],
      ['X-SSL-Client-Verify', 'SUCCESS'],
      ['X-SSL-Client-S-DN', 'CN=partner.test'],
    ];
    expect((await gateway.get('/machine', forged)).answer.status).toBe(401);
  });
});
