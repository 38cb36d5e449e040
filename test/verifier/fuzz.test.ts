import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyToken } from '../../src/decide/verify-token.ts';
import type { JwtAuthenticator } from '../../src/model/authentication.ts';
import { authenticatorData } from '../../src/targets/nginx/verifier/authenticator-data.ts';
import { buildVerifierData } from '../../src/targets/nginx/verifier/build-verifier-data.ts';
import { signCompact } from '../support/tokens.ts';
import { type NginxEngine, nginxEngine } from './engine/nginx-engine.ts';
import { loadNjs } from './engine/node-engine.ts';
import { goodClaims, keys, shop, userToken } from './fixture.ts';

const now = 1_800_000_000;
const find = (name: string): JwtAuthenticator => {
  const found = shop.authenticators.find((one) => one.name === name);
  if (found?.kind !== 'jwt') throw new Error('no such authenticator');
  return found;
};
const user = find('user');
const data = authenticatorData(user, shop);

type Verify = (
  token: string,
  authenticator: unknown,
  now: number,
) => Promise<{ readonly kind: string; readonly claims?: object }>;

/** Changes a few places of a text: a character replaced, removed or put in, or a part repeated. */
const mutations = (characters: readonly string[]) =>
  fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      length: fc.integer({ min: 0, max: 3 }),
      text: fc.oneof(fc.constantFrom(...characters), fc.constant('')),
    }),
    { minLength: 0, maxLength: 3 },
  );
type Mutation = { readonly at: number; readonly length: number; readonly text: string };
const mutate = (text: string, changes: readonly Mutation[]): string =>
  changes.reduce((current, { at, length, text: insert }) => {
    const start = Math.floor(at * current.length);
    return current.slice(0, start) + insert + current.slice(start + length);
  }, text);

const tokenCharacters = [...'ABZabz019-_.=+/ ,\u00e9', '..', 'AAAA', 'eyJ'];
const jsonCharacters = [
  ...'{}[]",:\\0123456789.-+eEunltrfa \t\n\u0000\u00c3\u00a9\u00ff\u00ed\u00a0\u0080\u00ef\u00bb\u00bf',
  ...[
    '"exp":1,',
    '"sub":"b",',
    '\\u0061',
    '\\ud83d',
    '\\ude00',
    '\\ud83d\\ude00',
    '"__proto__":1,',
    '1e400',
    'null',
    '[[',
    ']]',
  ],
];
const headers = [
  '{"alg":"ES256","kid":"user-es"}',
  '{"alg":"ES256","typ":"JWT","kid":"user-es","x":[1,{"y":null}]}',
];
const payloads = [
  JSON.stringify(goodClaims(now)),
  JSON.stringify(
    goodClaims(now, {
      nbf: now - 5,
      aud: ['api', 'x'],
      list: [1.5, 'a', { b: [] }],
      text: 'é😀',
      deep: { a: { b: 1e-7 } },
    }),
  ),
];
/** Mutated after signing: most must be refused. */
const broken = fc
  .tuple(
    fc.constantFrom(userToken(now), userToken(now, {}, {}, keys.rs), userToken(now, {}, {}, keys.ps)),
    mutations(tokenCharacters),
  )
  .map(([token, changes]) => mutate(token, changes));
/** Mutated before signing, byte by byte: the signature always holds. */
const resigned = fc
  .tuple(
    fc.constantFrom(...headers),
    mutations(jsonCharacters),
    fc.constantFrom(...payloads),
    mutations(jsonCharacters),
  )
  .map(([header, headerChanges, payload, payloadChanges]) => {
    const bytes = (text: string, changes: readonly Mutation[]): Buffer =>
      Buffer.from(mutate(Buffer.from(text).toString('latin1'), changes), 'latin1');
    return signCompact(bytes(header, headerChanges), bytes(payload, payloadChanges), keys.es);
  });

describe('tokens changed at random', () => {
  let nginx: NginxEngine;
  let verify: Verify;
  beforeAll(async () => {
    nginx = await nginxEngine(buildVerifierData(shop));
    verify = (await loadNjs('keys.js'))['verify'] as Verify;
  });
  afterAll(async () => nginx?.stop());

  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

  test.each([
    ['after signing', broken, 1500],
    ['before signing', resigned, 2500],
  ] as const)('%s are judged alike by nginx, Node and the reference', async (_, arbitrary, numRuns) => {
    const tokens = fc.sample(arbitrary, { numRuns, seed: 7 });
    const found: unknown[] = [];
    for (let start = 0; start < numRuns; start += 250) {
      const part = { tokens: tokens.slice(start, start + 250), authenticator: data, now };
      found.push(...((await nginx.call('verifyTokens', part)) as readonly unknown[]));
    }
    for (const [index, token] of tokens.entries()) {
      const reference = plain(verifyToken(token, user, now));
      expect({ token, claims: plain((await verify(token, data, now)).claims) }).toEqual({
        token,
        claims: reference,
      });
      expect({ token, claims: found[index] }).toEqual({ token, claims: reference });
    }
    const accepted = found.filter((claims) => claims !== null).length;
    expect(accepted).toBeGreaterThan(numRuns / 20);
    expect(accepted).toBeLessThan(numRuns * 0.9);
  });
});
