import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressText, clientAddress } from '../../src/decide/client-address.ts';
import type { ClientAddress } from '../../src/targets/aws/authorizer/authorizer-data.ts';
import {
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
import { keys, userToken } from '../verifier/fixture.ts';
import { outcomeOf } from './outcome.ts';
import { restEvent } from './rest-event.ts';
import { startAuthorizer } from './running-authorizer.ts';

const user = authenticator('user', { keys: sourced([verificationKey(keys.es)]) });

/** Whether the authorizer takes a client for one of a range. */
async function isWithin(
  of: string,
  address: ClientAddress,
  sourceIp: string,
  headers: readonly string[] = [],
) {
  const inside = operation('GET', {
    authentication: sourced(required('user')),
    authorization: [sourced({ kind: 'ip', ranges: [range(of)] })],
  });
  const { handler } = startAuthorizer(
    gateway({ authenticators: [user], sites: [site([route('/office', [inside])])] }),
    { address },
  );
  const token = userToken(Math.floor(Date.now() / 1000));
  const event = restEvent({
    resourcePath: '/office',
    sourceIp,
    headers: [`Authorization: Bearer ${token}`, ...headers],
  });
  return (await outcomeOf(handler, event)).kind;
}

describe('who the client is (Z7)', () => {
  test('the peer, whatever it says of itself', async () => {
    const claims = ['X-Forwarded-For: 10.0.0.1', 'X-Client: 10.0.0.1', 'Forwarded: for=10.0.0.1'];
    expect(await isWithin('10.0.0.0/8', { kind: 'peer' }, '203.0.113.9', claims)).toBe('deny');
    expect(await isWithin('10.0.0.0/8', { kind: 'peer' }, '10.1.2.3')).toBe('allow');
    expect(await isWithin('10.0.0.0/8', { kind: 'peer' }, '::ffff:10.1.2.3')).toBe('allow');
  });

  test('what the distribution in front says, once', async () => {
    const address = { kind: 'header', name: 'x-client' } as const;
    expect(await isWithin('10.0.0.0/8', address, '203.0.113.9', ['X-Client: 10.0.0.1'])).toBe('allow');
    expect(await isWithin('10.0.0.0/8', address, '10.0.0.1', ['X-Client: 203.0.113.9'])).toBe('deny');
    expect(await isWithin('10.0.0.0/8', address, '10.0.0.1')).toBe('deny');
    expect(
      await isWithin('10.0.0.0/8', address, '10.0.0.1', ['X-Client: 10.0.0.1', 'x-client: 10.0.0.2']),
    ).toBe('deny');
    expect(await isWithin('10.0.0.0/8', address, '10.0.0.1', ['X-Client: 10.0.0.1, 10.0.0.2'])).toBe('deny');
  });

  test('behind trusted proxies, whom the reference takes for it', async () => {
    const trusted = ['192.0.2.0/24', '2001:db8::/32', '10.9.0.0/16'];
    const address = { kind: 'forwarded', trusted } as const;
    const words = fc.constantFrom(
      '10.1.2.3',
      '192.0.2.7',
      '[2001:db8::1]:443',
      '203.0.113.9:80',
      'unknown',
      '10.9.9.9',
      '::1',
      '',
    );
    const lists = fc.array(fc.array(words, { maxLength: 4 }), { maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('192.0.2.1', '10.9.1.1', '198.51.100.1'),
        lists,
        async (peer, values) => {
          const fields = values.map((one) => ({ name: 'X-Forwarded-For', value: one.join(', ') }));
          const found = clientAddress(peer, fields, trusted.map(range));
          const text = addressText(found, peer);
          const only = `${text}/${text.includes(':') ? 128 : 32}`;
          const headers = fields.map(({ name, value }) => `${name}: ${value}`);
          expect(await isWithin(only, address, peer, headers)).toBe('allow');
        },
      ),
      { numRuns: 300, seed: 2 },
    );
  });
});
