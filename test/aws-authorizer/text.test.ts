import { describe, expect, test } from 'vitest';
import { authorizerTexts } from '../../src/generated/authorizer.js';
import { authorizerCode, inlineAuthorizer } from '../../src/targets/aws/authorizer/authorizer-code.ts';
import { timeLimitSeconds } from '../../src/targets/aws/authorizer/time-limit.ts';
import {
  authenticator,
  gateway,
  operation,
  required,
  route,
  site,
  sourced,
  verificationKey,
} from '../support/model.ts';
import { keys, shop, userToken } from '../verifier/fixture.ts';
import { outcomeOf } from './outcome.ts';
import { restEvent } from './rest-event.ts';
import { loadAuthorizer, startAuthorizer } from './running-authorizer.ts';

const { data } = startAuthorizer(shop);

describe('the text of the function', () => {
  test.each(['rest', 'http'] as const)('fits beside an API in one template: %s', (api) => {
    expect(authorizerTexts[api].length).toBeLessThan(20_480);
  });

  test.each(Object.entries(authorizerTexts))('is ASCII: %s', (_name, text) => {
    expect(text).not.toMatch(/[^\n\x20-\x7e]/);
  });

  test('is the same for every gateway, but for its data and for parts that it does not need', () => {
    const code = authorizerCode(data, 'rest');
    expect(code).toBe(
      `'use strict';\nconst GATEWAY = require('./gateway.json');\nconst PARTS = {};\n${authorizerTexts.addresses}${authorizerTexts.rest}`,
    );
    expect(inlineAuthorizer(data, 'rest').split('\n').slice(2)).toEqual(code.split('\n').slice(2));
  });

  test('holds its data as what it is, whatever a document says', async () => {
    const hostile = '</script>\u2028\u2029\ufeff${x}`\'"\\\n\u00e9';
    const guarded = operation('GET', { id: 'x', authentication: sourced(required('user', [hostile])) });
    const user = authenticator('user', {
      keys: sourced([verificationKey(keys.es)]),
      forward: [{ header: 'X-A', fact: { kind: 'claim', claim: ['__proto__', hostile] } }],
    });
    const { data: hostileData } = startAuthorizer(
      gateway({ authenticators: [user], ownedHeaders: ['X-A'], sites: [site([route('/x', [guarded])])] }),
    );
    expect(inlineAuthorizer(hostileData, 'rest')).not.toMatch(/[^\n\x20-\x7e]|<\//);
    const token = userToken(Math.floor(Date.now() / 1000), { scope: [hostile] });
    const event = restEvent({ resourcePath: '/x', headers: [`Authorization: Bearer ${token}`] });
    expect(await outcomeOf(loadAuthorizer(hostileData), event)).toMatchObject({
      kind: 'allow',
      context: { h0: '-' },
    });
  });

  test('never has a member that would be its prototype', () => {
    const consumers = JSON.parse('{"__proto__":[]}') as typeof data.consumers;
    expect(() => inlineAuthorizer({ ...data, consumers }, 'rest')).toThrow('__proto__');
  });
});

test('the function has the time that what it asks may take', () => {
  expect(timeLimitSeconds(data)).toBe(5);
  expect(timeLimitSeconds({ ...data, keySets: [{ url: 'https://id.test/keys' }] })).toBe(21);
  const services = [{ url: 'https://judge.test/', headers: {}, timeoutMs: 60_000 }];
  expect(timeLimitSeconds({ ...data, services })).toBe(29);
});

describe('what is no question of the gateway is an error, never a pass', () => {
  const handler = loadAuthorizer(data);
  test.each([
    ['an unknown resource', restEvent({ resourcePath: '/nowhere' })],
    ['a method that nobody declared', restEvent({ resourcePath: '/plain', method: 'POST' })],
    [
      'a resource called like a member of every object',
      restEvent({ resourcePath: '/constructor', method: '' }),
    ],
    ['an event without a request', {}],
  ])('%s', async (_name, event) => {
    expect((await outcomeOf(handler, event)).kind).toBe('failure');
  });
});
