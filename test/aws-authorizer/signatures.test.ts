import { createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Algorithm, VerificationKey } from '../../src/model/authentication.ts';
import { authenticator, gateway, operation, required, route, site, sourced } from '../support/model.ts';
import { keySet, mint, mintHmac, signingKey } from '../support/tokens.ts';
import { algorithmKeys, goodClaims } from '../verifier/fixture.ts';
import { missing, publishedSignatures } from '../verifier/published-signatures.ts';
import { authorizerModule } from './module.ts';
import { outcomeOf } from './outcome.ts';
import { restEvent } from './rest-event.ts';
import { startAuthorizer } from './running-authorizer.ts';

interface Jws {
  readonly header: object;
  readonly payload: Buffer;
}
const { chooseKey, isSignedBy, readJws } = authorizerModule<{
  readonly readJws: (token: string) => Jws | undefined;
  readonly chooseKey: (header: object, keys: readonly object[]) => object | undefined;
  readonly isSignedBy: (jws: Jws, key: object) => boolean;
}>('jws.js');

function payloadOf(token: string, keys: readonly VerificationKey[]): string {
  const jws = readJws(token);
  const imported = keys.map(({ algorithms, jwk, kid }) => ({
    ...(kid === undefined ? {} : { kid }),
    algorithms,
    key: createPublicKey({ key: { ...jwk }, format: 'jwk' }),
  }));
  const key = jws && chooseKey(jws.header, imported);
  return jws && key && isSignedBy(jws, key) ? jws.payload.toString('base64url') : 'refused';
}

describe.skipIf(missing !== undefined)(
  `published signatures${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    test('exactly those that hold are accepted, with the payload as signed (J10, J17, J19)', () => {
      const found = publishedSignatures.map(({ keys, name, token }) => `${name}: ${payloadOf(token, keys)}`);
      const expected = publishedSignatures.map(
        ({ name, token, valid }) => `${name}: ${valid ? token.split('.')[1] : 'refused'}`,
      );
      expect(found).toEqual(expected);
      expect(publishedSignatures.filter(({ valid }) => !valid).length).toBeGreaterThan(300);
    });
  },
);

const every = [...algorithmKeys, signingKey('EdDSA', 'all-EdDSA')];
const asymmetric = every.map(({ algorithm }) => algorithm);
const secret = 'a shared secret of at least 64 bytes, which no document ever says 0123456789';
const guarded = operation('GET', { id: 'guarded', authentication: sourced(required('user')) });
const anything = { from: sourced([{ kind: 'header', name: 'Authorization' }] as const) };

/** Asks with a token of an authenticator that takes its keys from a secret. */
function outcomeWith(
  token: string,
  algorithms: readonly Algorithm[],
  kind: 'stored' | 'shared',
  value: string,
) {
  const issuer = {
    issuer: sourced('https://id.test/'),
    audiences: sourced(['api']),
    keys: sourced({ kind, secret: 'keys' } as const),
  };
  const user = authenticator('user', {
    ...anything,
    algorithms: sourced(algorithms),
    issuers: sourced([issuer]),
  });
  const { handler } = startAuthorizer(
    gateway({
      authenticators: [user],
      sites: [site([route('/guarded', [guarded])])],
      secrets: [
        {
          name: 'keys',
          sources: [
            { kind: 'env', value: 'KEYS' },
            { kind: 'secretsManager', value: 'prod/gateway#keys' },
          ],
          at: guarded.at,
        },
      ],
    }),
    { secrets: new Map([['prod/gateway', JSON.stringify({ keys: value })]]) },
  );
  return outcomeOf(
    handler,
    restEvent({ resourcePath: '/guarded', headers: [`authorization: Bearer ${token}`] }),
  );
}

describe('every algorithm of the language is verified (J21)', () => {
  test.each(every)('$algorithm', async (key) => {
    const now = Math.floor(Date.now() / 1000);
    const good = mint(goodClaims(now), { key });
    const found = await outcomeWith(good, asymmetric, 'stored', JSON.stringify(keySet(every)));
    expect(found).toMatchObject({ kind: 'allow', context: { subject: 'alice' } });
    const changed = `${good.slice(0, -8)}${good.slice(-8) === 'AAAAAAAA' ? 'BBBBBBBB' : 'AAAAAAAA'}`;
    const changedOutcome = await outcomeWith(changed, asymmetric, 'stored', JSON.stringify(keySet(every)));
    expect(changedOutcome.kind).toBe('unauthorized');
  });

  test.each(['256', '384', '512'] as const)('HS%s', async (bits) => {
    const alg = `HS${bits}` as const;
    const now = Math.floor(Date.now() / 1000);
    const signed = (by: string): string => mintHmac(goodClaims(now), by, { alg }, bits);
    expect((await outcomeWith(signed(secret), [alg], 'shared', `${secret}\n`)).kind).toBe('allow');
    expect((await outcomeWith(signed(`${secret}!`), [alg], 'shared', secret)).kind).toBe('unauthorized');
    expect((await outcomeWith(signed('short'), [alg], 'shared', 'short')).kind).toBe('failure');
  });
});
