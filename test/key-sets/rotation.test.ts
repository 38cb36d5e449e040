import { afterEach, describe, expect, test } from 'vitest';
import type { Backend } from '../support/backend.ts';
import { startBackend } from '../support/backend.ts';
import { keySet, type SigningKey, signingKey } from '../support/tokens.ts';
import { type GatewayOptions, type RunningGateway, startGateway, tokenOf } from './fixture.ts';
import { letPass, paced } from './kept-set.ts';

const issuer = 'https://id.test/';
const first = signingKey('ES256', 'first');
const second = signingKey('ES256', 'second');
const stranger = signingKey('ES256', 'stranger');

const running: { readonly stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const publish = (provider: Backend, keys: readonly SigningKey[]): void =>
  provider.answerWith(() => ({ status: 200, body: JSON.stringify(keySet(keys)) }));

const start = async (
  options: Partial<GatewayOptions> = {},
): Promise<{ readonly provider: Backend; readonly gateway: RunningGateway }> => {
  const provider = await startBackend();
  running.push(provider);
  publish(provider, [first]);
  const keys = { kind: 'remote', url: `http://127.0.0.1:${provider.port}/keys?tenant=a` } as const;
  const gateway = await startGateway({ issuers: [{ issuer, keys }], ...options });
  running.push(gateway);
  return { provider, gateway };
};

/** How many answers had each status. */
const statuses = (answers: readonly { readonly status: number }[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
/** In parts, so that a busy machine still answers each one in time. */
const flood = async (call: (index: number) => Promise<{ readonly status: number }>) => [
  ...(await many(250, call)),
  ...(await many(250, (n) => call(n + 250))),
];
const many = (count: number, call: (index: number) => Promise<{ readonly status: number }>) =>
  Promise.all(Array.from({ length: count }, (_, index) => call(index)));

describe('keys of an issuer are fetched when a token needs them (J23)', () => {
  test('once for many tokens, and nothing of the client goes there', async () => {
    const { provider, gateway } = await start({ workers: 2 });
    const answers = await many(40, (n) =>
      gateway.call(tokenOf(issuer, first, { n }), [['X-Secret', 'secret']]),
    );
    expect(statuses(answers)).toEqual({ 200: 40 });
    expect(provider.requests.map(({ target }) => target)).toEqual(['/keys?tenant=a']);
    expect(provider.requests[0]?.headers.map(([name]) => name.toLowerCase()).sort()).toEqual([
      'accept',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(provider.requests[0]?.values('host')).toEqual([`127.0.0.1:${provider.port}`]);
  });

  test('nobody asks for a token that cannot hold', async () => {
    const { provider, gateway } = await start();
    const tokens = [
      tokenOf('https://other.test/', first),
      tokenOf(issuer, first, { exp: 1 }),
      tokenOf(issuer, first, { aud: 'other' }),
      tokenOf(issuer, first, {}, { alg: 'none' }),
      tokenOf(issuer, first, {}, { alg: 'HS256' }),
    ];
    for (const token of tokens) expect((await gateway.call(token)).status).toBe(401);
    expect(provider.requests).toEqual([]);
  });

  test('a new key works with its first token, the old one until it is removed', async () => {
    const { provider, gateway } = await start({ workers: 2, alter: paced({ retrySeconds: 0 }) });
    expect((await gateway.call(tokenOf(issuer, first))).status).toBe(200);
    publish(provider, [first, second]);
    expect(statuses(await many(50, (n) => gateway.call(tokenOf(issuer, second, { n }))))).toEqual({
      200: 50,
    });
    expect((await gateway.call(tokenOf(issuer, first, { n: 1 }))).status).toBe(200);
    publish(provider, [second]);
    expect((await gateway.call(tokenOf(issuer, first, { n: 2 }))).status).toBe(200);
    letPass(gateway.folder, 601);
    expect((await gateway.call(tokenOf(issuer, second, { n: 100 }))).status).toBe(200);
    expect((await gateway.call(tokenOf(issuer, first, { n: 3 }))).status).toBe(401);
  });

  test('all who wait at a rotation get the answer to one question', async () => {
    const { provider, gateway } = await start({ workers: 2, alter: paced({}) });
    expect((await gateway.call(tokenOf(issuer, first))).status).toBe(200);
    letPass(gateway.folder, 40);
    provider.answerWith(() => ({ status: 200, body: JSON.stringify(keySet([first, second])), delay: 700 }));
    const answers = await many(100, (n) =>
      gateway.call(tokenOf(issuer, n % 2 === 0 ? first : second, { n })),
    );
    expect(statuses(answers)).toEqual({ 200: 100 });
    expect(provider.requests.length).toBe(2);
  });

  test('a set that is no longer fresh is renewed once', async () => {
    const { provider, gateway } = await start({ workers: 2, alter: paced({}) });
    expect((await gateway.call(tokenOf(issuer, first))).status).toBe(200);
    letPass(gateway.folder, 601);
    expect(statuses(await many(30, (n) => gateway.call(tokenOf(issuer, first, { n }))))).toEqual({ 200: 30 });
    expect(provider.requests.length).toBe(2);
  });
});

test('nobody can make the gateway ask twice in 30 seconds, not even without a cache', async () => {
  const { provider, gateway } = await start();
  const [, id] = /data\/key-sets\/([0-9a-f]{32})/.exec(gateway.artifacts.join('\n')) ?? [];
  const answers = await many(20, () => gateway.ask(`/fetch/${id}`));
  expect(statuses(answers)).toEqual({ 200: 1, 429: 19 });
  expect(provider.requests.length).toBe(1);
});

describe('a flood of unknown keys is one question in 30 seconds (J9)', () => {
  const unknown = (n: number): string => tokenOf(issuer, stranger, { n }, { kid: `stranger-${n}` });

  test('in a cold start', async () => {
    const { provider, gateway } = await start({ workers: 2 });
    expect(statuses(await flood((n) => gateway.call(unknown(n))))).toEqual({ 401: 500 });
    expect(provider.requests.length).toBe(1);
  });

  test('in a cold start with an issuer that is down', async () => {
    const { provider, gateway } = await start({ workers: 2 });
    provider.answerWith(() => 'reset');
    expect(statuses(await flood((n) => gateway.call(unknown(n))))).toEqual({ 503: 500 });
    expect((await gateway.call(tokenOf(issuer, first))).status).toBe(503);
    expect(provider.requests.length).toBe(1);
  });

  test('later, and once again when the time has passed', async () => {
    const { provider, gateway } = await start({ workers: 2, alter: paced({}) });
    expect((await gateway.call(tokenOf(issuer, first))).status).toBe(200);
    for (const questions of [2, 3]) {
      letPass(gateway.folder, 31);
      expect(statuses(await many(300, (n) => gateway.call(unknown(n + questions * 1000))))).toEqual({
        401: 300,
      });
      expect(provider.requests.length).toBe(questions);
      expect((await gateway.call(tokenOf(issuer, first, { n: questions }))).status).toBe(200);
    }
  });

  test.each(['a/../b', "' or 1=1 --", 'x'.repeat(2000), ['first'], 7, null, ''])(
    'the name %j of a key is no key',
    async (kid) => {
      const { provider, gateway } = await start();
      expect((await gateway.call(tokenOf(issuer, first, {}, { kid }))).status).toBe(401);
      expect(provider.requests.length).toBe(1);
    },
  );
});
