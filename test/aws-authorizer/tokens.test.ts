import { describe, expect, test } from 'vitest';
import { shop, userToken } from '../verifier/fixture.ts';
import { outcomeOf } from './outcome.ts';
import { loadAuthorizer, startAuthorizer } from './running-authorizer.ts';
import { tokenCases, tokenEvent } from './shop-requests.ts';

const { data, handler: keeping } = startAuthorizer(shop);
/** As if API Gateway kept no decision. */
const handler = loadAuthorizer({
  ...data,
  guards: data.guards.map((guard) => ({ ...guard, ttlSeconds: 0 })),
});

describe('no token that does not hold gets past the Lambda authorizer', () => {
  test.each(tokenCases)('$rows $name', async ({ token, valid }) => {
    const now = Math.floor(Date.now() / 1000);
    const found = await outcomeOf(handler, tokenEvent(token(now)));
    if (valid) expect(found).toMatchObject({ kind: 'allow', context: { reason: 'ok' } });
    else expect(found).toEqual({ kind: 'unauthorized' });
  });
});

describe('a decision that is kept does not outlive the token (J12, J25)', () => {
  test.each([
    ['with the time that it is kept', 1, 'allow'],
    ['without', -1, 'unauthorized'],
  ])('the token holds %s', async (_name, seconds, kind) => {
    const now = Math.floor(Date.now() / 1000);
    expect((await outcomeOf(keeping, tokenEvent(userToken(now, { exp: now + seconds })))).kind).toBe(kind);
    expect((await outcomeOf(handler, tokenEvent(userToken(now, { exp: now + seconds })))).kind).toBe('allow');
  });
});
