import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { bytesOf, type Case, fill, type Step, suites } from '../../behaviour/case.ts';
import { checkAnswer, checkBackends } from '../../behaviour/law.ts';
import { namedTokens, sessionKey, userKeys } from '../../behaviour/tokens.ts';
import { type Backend, type BackendAnswer, startBackend } from '../../support/backend.ts';
import { readHead } from '../../support/http-message.ts';
import { writeFiles } from '../../support/running-gateway.ts';
import { keySet } from '../../support/tokens.ts';
import { onAws } from '../aws-law.ts';
import { compileForAws } from '../compile-for-aws.ts';
import { type RunningStack, startStack } from '../stack/start-stack.ts';
import { distributionOf, originSecrets, type RunningDistribution, samplePlace } from './distribution.ts';

/** The law's cases about targets and login pages, through the functions of the distribution and the interpreted stack. */
const cases = suites.flatMap(({ file, cases: found }) => (/^(?:login|paths)\.yaml$/.test(file) ? found : []));

const hyphen = 'an owned header without a value holds a hyphen on AWS';

/** What API Gateway or CloudFront does in another way, and why. */
const elsewhere: Readonly<Record<string, string>> = {
  "the back end's own 401": 'API Gateway renames WWW-Authenticate of back ends',
  'the first valid': hyphen,
  'the first invalid': hyphen,
  'both valid': hyphen,
  'a trailing slash that is declared': 'API Gateway has no such resources',
  'the absolute form of the same host': 'the front end of CloudFront reads it; nothing is known of it',
  'a path over 8 KB': 'CloudFront answers 413 before its functions',
  'a query is forwarded verbatim': 'API Gateway reads queries and writes them again',
  'an empty query is kept': 'API Gateway reads queries and writes them again',
  'characters that an operation allows': 'API Gateway has no such parameters',
  'the lower-case spelling of an allowed escape': 'API Gateway has no such parameters',
  'no versions': 'names of versions in answers of back ends are theirs to leave out',
};

const parameters = { EdgeCertificateArnApiLawTest: 'arn:aws:acm:us-east-1:123456789012:certificate/edge' };
const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
const now = Math.floor(Date.now() / 1000);
const tokens = namedTokens(now);
const filled = (text: string): string =>
  fill(
    onAws(text.replaceAll('http%3A%2F%2Flocalhost%3A18080', 'https%3A%2F%2Fapi.law.test')),
    tokens,
    new Map(),
  );
let backends: ReadonlyMap<string, Backend>;
let stack: RunningStack;
let edge: RunningDistribution;

beforeAll(async () => {
  const read = (name: string): string =>
    readFileSync(new URL(`../../../fixtures/behaviour/${name}`, import.meta.url), 'utf8');
  const { artifacts } = await compileForAws({
    'law.openapi.yaml': read('law.openapi.yaml'),
    'edge.overlay.yaml': read('aws/edge.overlay.yaml'),
    'user.jwks.json': JSON.stringify(keySet(Object.values(userKeys))),
    'session.jwks.json': JSON.stringify(keySet([sessionKey])),
  });
  writeFiles(folder, artifacts);
  const [main, other] = [await startBackend(), await startBackend()];
  backends = new Map([
    ['main', main],
    ['other', other],
  ]);
  const hosts = new Map([...backends].map(([name, { port }]) => [`${name}.law.test:443`, port]));
  stack = await startStack({ folder, hosts, parameters, secrets: originSecrets });
  edge = distributionOf(folder, { parameters, place: samplePlace, secrets: originSecrets }, stack.port);
}, 60_000);
afterAll(async () => {
  await stack?.stop();
  for (const backend of backends?.values() ?? []) await backend.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the law about targets and login pages, at the edge (functions real, stack interpreted)', () => {
  test.each(
    cases
      .filter(({ name }) => !(name in elsewhere))
      .map((one) => [one.rows.join(' '), one.name, one] as const),
  )('%s %s', async (_rows, _name, one) => {
    await run(one);
  });
});

async function run(one: Case): Promise<void> {
  for (let step: Step | undefined = one; step !== undefined; step = step.then) {
    const answer = step.answer && (JSON.parse(filled(JSON.stringify(step.answer))) as BackendAnswer);
    for (const backend of backends.values()) {
      backend.forget();
      backend.answerWith(() => answer ?? { status: 200, body: 'from the back end' });
    }
    const head = readHead(bytesOf(step, filled));
    const [method = '', target = ''] = head?.startLine.split(' ') ?? [];
    const host = head?.headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
    const headers = (head?.headers ?? [])
      .filter(([name]) => !['host', 'content-length', 'connection'].includes(name.toLowerCase()))
      .map(([name, value]) => `${name}: ${value}`);
    const response = await edge.send({ method, target, host, headers });
    checkAnswer(response, step.expect, method === 'HEAD', filled);
    checkBackends(step.expect, backends, filled);
  }
}
