import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { basic, cases, issuerSays, key, legacy, opaque, oracleSays, wrongKey } from './alternative-cases.ts';
import { type Headers, type IdentityGateway, startIdentityGateway, usersFile } from './identity-gateway.ts';
import { jwt } from './identity-model.ts';

const bearer = 'Bearer realm="shop"';
const all = `${bearer}, Basic realm="shop", charset="UTF-8", ApiKey realm="shop", Certificate realm="shop"`;

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

  test('the first identity of the winner is the subject, its key the consumer', async () => {
    const token: Headers = [['Authorization', `Bearer ${jwt('canary-alice')}`]];
    const { answer, received } = await gateway.get('/pair', [...token, ...key]);
    expect(answer.status).toBe(200);
    expect(received?.values('x-user')).toEqual(['canary-alice']);
    expect(received?.values('x-consumer')).toEqual(['acme']);
    expect(await gateway.logged()).toMatchObject({ subject: 'acme', consumer: 'acme', reason: 'ok' });
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
