import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BackendAnswer } from '../support/backend.ts';
import {
  type Headers,
  type IdentityGateway,
  json,
  partner,
  passwords,
  startIdentityGateway,
  usersFile,
} from './identity-gateway.ts';
import { apiKeys } from './identity-model.ts';

const basic: Headers = [['Authorization', `Basic ${Buffer.from(`ann:${passwords.ann}`).toString('base64')}`]];
const wrongBasic: Headers = [['Authorization', `Basic ${Buffer.from('ann:canary-no').toString('base64')}`]];
const opaque: Headers = [['Authorization', 'Bearer canary-opaque']];
const key: Headers = [['X-Api-Key', apiKeys.acme]];
const wrongKey: Headers = [['X-Api-Key', 'gw_canary-no']];
const legacy: Headers = [['X-Legacy', 'canary-legacy']];

type Word = 'yes' | 'no' | 'down';
const issuerSays: { readonly [W in Word]: BackendAnswer } = {
  yes: json({ active: true, aud: 'api', sub: 'olga', exp: Math.floor(Date.now() / 1000) + 600 }),
  no: json({ active: false }),
  down: json('', 500),
};
const oracleSays: { readonly [W in Word]: BackendAnswer } = {
  yes: json({ result: true, claims: { sub: 'lena' } }),
  no: json({ result: false }),
  down: json('', 500),
};

let gateway: IdentityGateway;
let round = 0;
beforeAll(async () => {
  gateway = await startIdentityGateway({ users: usersFile, errorLog: 'info' });
});
afterAll(async () => gateway?.stop());
beforeEach(() => {
  round += 1;
  gateway.issuer.forget();
  gateway.oracle.forget();
});

interface Case {
  readonly name: string;
  readonly path: string;
  readonly headers: Headers;
  readonly issuer?: Word;
  readonly oracle?: Word;
  readonly client?: typeof partner;
  readonly status: number;
  /** Headers of facts that the back end receives. */
  readonly facts?: readonly string[];
  /** How often the authorization server and the other service are asked. */
  readonly asked?: readonly [number, number];
}

const bearer = 'Bearer realm="shop"';
const all = `${bearer}, Basic realm="shop", charset="UTF-8", ApiKey realm="shop", Certificate realm="shop"`;

const cases: readonly Case[] = [
  { name: 'nothing', path: '/any', headers: [], status: 401, asked: [0, 0] },
  {
    name: 'the first of all',
    path: '/any',
    headers: [...legacy, ...opaque, ...key],
    oracle: 'yes',
    client: partner,
    status: 200,
    facts: ['x-legacy-user: lena'],
    asked: [0, 1],
  },
  {
    name: 'a token when the first is refused',
    path: '/any',
    headers: [...legacy, ...opaque],
    oracle: 'no',
    issuer: 'yes',
    status: 200,
    facts: ['x-opaque: olga'],
    asked: [1, 1],
  },
  {
    name: 'a password beside nothing else',
    path: '/any',
    headers: basic,
    status: 200,
    facts: ['x-staff: ann'],
    asked: [0, 0],
  },
  { name: 'a certificate', path: '/any', headers: [], client: partner, status: 200, asked: [0, 0] },
  {
    name: 'a wrong password and a certificate',
    path: '/any',
    headers: wrongBasic,
    client: partner,
    status: 200,
    facts: ['x-machine: CN=partner.test'],
  },
  {
    name: 'a wrong key and a password',
    path: '/any',
    headers: [...wrongKey, ...basic],
    status: 200,
    facts: ['x-staff: ann'],
  },
  {
    name: 'a wrong key and a wrong password',
    path: '/any',
    headers: [...wrongKey, ...wrongBasic],
    status: 401,
  },
  {
    name: 'a key while a service is down',
    path: '/either',
    headers: [...legacy, ...key],
    oracle: 'down',
    status: 200,
    facts: ['x-consumer: acme'],
  },
  {
    name: 'a wrong key while a service is down',
    path: '/either',
    headers: [...legacy, ...wrongKey],
    oracle: 'down',
    status: 503,
  },
  { name: 'no key while a service is down', path: '/either', headers: legacy, oracle: 'down', status: 503 },
  {
    name: 'both of two',
    path: '/both',
    headers: [...opaque, ...key],
    issuer: 'yes',
    status: 200,
    facts: ['x-consumer: acme', 'x-opaque: olga'],
    asked: [1, 0],
  },
  { name: 'one of two', path: '/both', headers: opaque, issuer: 'yes', status: 401, asked: [0, 0] },
  { name: 'the other of two', path: '/both', headers: key, issuer: 'yes', status: 401, asked: [0, 0] },
  {
    name: 'a wrong key spares the question',
    path: '/both',
    headers: [...opaque, ...wrongKey],
    issuer: 'yes',
    status: 401,
    asked: [0, 0],
  },
  {
    name: 'a key beside a token of which nobody can tell',
    path: '/both',
    headers: [...opaque, ...key],
    issuer: 'down',
    status: 503,
  },
  { name: 'optional, nothing', path: '/optional', headers: [], status: 200, asked: [0, 0] },
  { name: 'optional, a wrong key', path: '/optional', headers: wrongKey, status: 401 },
  { name: 'optional, a service is down', path: '/optional', headers: legacy, oracle: 'down', status: 503 },
  {
    name: 'a token has no groups',
    path: '/members',
    headers: opaque,
    issuer: 'yes',
    status: 403,
  },
];

describe('several kinds on one operation (R12, J28)', () => {
  test.each(cases)('$path: $name', async (one) => {
    gateway.issuer.answerWith(() => issuerSays[one.issuer ?? 'no']);
    gateway.oracle.answerWith(() => oracleSays[one.oracle ?? 'no']);
    // A parameter of its own keeps each case from the decisions of the others.
    const fresh = one.headers.map(([name, value]): readonly [string, string] =>
      value === 'Bearer canary-opaque' ? [name, `${value}-${round}`] : [name, value],
    );
    const { answer, received } = await gateway.get(one.path, fresh, {
      ...(one.client === undefined ? {} : { client: one.client }),
    });
    expect(answer.status).toBe(one.status);
    expect(answer.header('retry-after')).toBe(one.status === 503 ? '30' : undefined);
    const facts = ['x-consumer', 'x-staff', 'x-machine', 'x-opaque', 'x-legacy-user'].flatMap((name) =>
      (received?.values(name) ?? []).map((value) => `${name}: ${value}`),
    );
    if (one.facts !== undefined) expect(facts).toEqual(one.facts);
    if (one.asked !== undefined) {
      expect([gateway.issuer.requests.length, gateway.oracle.requests.length]).toEqual(one.asked);
    }
  });

  test('every scheme is named in one challenge, in the order of first use', async () => {
    expect((await gateway.get('/any')).answer.header('www-authenticate')).toBe(all);
    expect((await gateway.get('/any', wrongKey)).answer.header('www-authenticate')).toBe(all);
    gateway.issuer.answerWith(() => issuerSays.no);
    const { answer } = await gateway.get('/any', opaque);
    expect(answer.header('www-authenticate')).toBe(all.replace(bearer, `${bearer}, error="invalid_token"`));
  });

  test('a policy about claims refuses with the challenge of a token, others with none', async () => {
    gateway.issuer.answerWith(() => issuerSays.yes);
    const { answer } = await gateway.get('/members', [['Authorization', `Bearer canary-policy-${round}`]]);
    expect(answer.header('www-authenticate')).toBe(`${bearer}, error="insufficient_scope"`);
  });
});

test('nothing secret is in any log', () => {
  const logs = join(gateway.folder, 'logs');
  for (const name of readdirSync(logs).filter((one) => one.endsWith('.log'))) {
    expect(readFileSync(join(logs, name), 'utf8')).not.toContain('canary');
  }
  expect(gateway.nginx.stderr()).not.toContain('canary');
});

describe('without its secrets the gateway says 503 (R7)', () => {
  let poor: IdentityGateway;
  beforeAll(async () => {
    const names = ['secrets/users', 'secrets/client-secret', 'secrets/oracle-secret'];
    poor = await startIdentityGateway({ users: usersFile, without: names });
    poor.issuer.answerWith(() => issuerSays.yes);
    poor.oracle.answerWith(() => oracleSays.yes);
  });
  afterAll(async () => poor?.stop());

  test.each([
    ['/staff', basic],
    ['/opaque', opaque],
    ['/legacy', legacy],
  ])('%s', async (path, headers) => {
    const { answer, received } = await poor.get(path, headers);
    expect([answer.status, answer.header('retry-after')]).toEqual([503, '30']);
    expect(received).toBe(undefined);
    expect([poor.issuer.requests, poor.oracle.requests]).toEqual([[], []]);
  });

  test('a policy whose service cannot be asked denies', async () => {
    expect((await poor.get('/judged', key)).answer.status).toBe(403);
  });
});
