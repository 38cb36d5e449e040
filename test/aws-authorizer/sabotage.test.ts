import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { authorizerTexts } from '../../src/generated/authorizer.js';
import { sessionToken, shop, userToken } from '../verifier/fixture.ts';
import { outcomeOf } from './outcome.ts';
import { restEvent } from './rest-event.ts';
import { type Handler, loadAuthorizer, startAuthorizer } from './running-authorizer.ts';
import { type Sabotage, sabotages } from './sabotages.ts';
import { decisionCases, decisionEvent, tokenCases, tokenEvent } from './shop-requests.ts';

/*
 * Requests whose answers the law fixes (decisions.test.ts, tokens.test.ts) must tell a broken authorizer from a good one.
 */

const folder = new URL('../../templates/aws/authorizer/', import.meta.url).pathname;
const now = Math.floor(Date.now() / 1000);
/** Time stands still, so that nothing but a mistake makes a difference. */
const clock = { now: () => now * 1000 };
const { data } = startAuthorizer(shop);
const unkept = { ...data, guards: data.guards.map((guard) => ({ ...guard, ttlSeconds: 0 })) };
const events = [
  ...tokenCases.map(({ token }) => tokenEvent(token(now))),
  ...decisionCases.map((one) => decisionEvent(one, now)),
  restEvent({
    resourcePath: '/plain',
    headers: [`Authorization: Bearer ${userToken(now)}`, 'Authorization: Bearer x'],
  }),
  restEvent({
    resourcePath: '/session',
    headers: [`Cookie: session=${sessionToken(now)}; session=${sessionToken(now)}`],
  }),
  restEvent({ resourcePath: '/nowhere', headers: [`Authorization: Bearer ${userToken(now)}`] }),
  {
    ...restEvent({
      method: 'GET',
      resourcePath: '/v1/users/{v3}',
      path: '/v1/users/alice.json',
      headers: [`Authorization: Bearer ${userToken(now)}`],
    }),
    pathParameters: { v3: 'bob.json' },
  },
];
const kept = tokenEvent(userToken(now, { exp: now - 10 }));

/** The handler with one mistake. */
async function broken({ file, from, to }: Sabotage): Promise<(of: typeof data) => Handler> {
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text.split(from).length, `${file} has this place once`).toBe(2);
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'rest.js')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['@aws-sdk/*'],
    logLevel: 'silent',
    plugins: [
      {
        name: 'sabotage',
        setup: ({ onLoad }) => {
          onLoad({ filter: new RegExp(`[/\\\\]${file.replace('.', '\\.')}$`) }, () => ({
            contents: text.replace(from, () => to),
          }));
        },
      },
    ],
  });
  const altered = outputFiles[0]?.text ?? '';
  const alter = (whole: string): string => whole.replace(authorizerTexts.rest, () => altered);
  return (of) => loadAuthorizer(of, 'rest', { ...clock, alter });
}

async function answersOf(load: (of: typeof data) => Handler): Promise<readonly unknown[]> {
  const handler = load(unkept);
  const answers: unknown[] = [];
  for (const event of events) answers.push(await outcomeOf(handler, event));
  answers.push(await outcomeOf(load(data), kept));
  return answers;
}

describe('a broken Lambda authorizer is noticed', () => {
  let expected: readonly unknown[];
  beforeAll(async () => {
    expected = await answersOf((of) => loadAuthorizer(of, 'rest', clock));
  });

  test('a good one is not', async () => {
    const unchanged = 'export function isFor';
    const same = { name: 'the same', file: 'claims.js', from: unchanged, to: unchanged };
    expect(await answersOf(await broken(same))).toEqual(expected);
  });

  test('there are enough of them, each with a name of its own', () => {
    expect(new Set(sabotages.map(({ name }) => name)).size).toBe(sabotages.length);
    expect(sabotages.length).toBeGreaterThanOrEqual(40);
  });

  test.each(sabotages.map((one) => [one.name, one] as const))('%s', async (_name, sabotage) => {
    expect(await answersOf(await broken(sabotage))).not.toEqual(expected);
  });
});
