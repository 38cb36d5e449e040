import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Decision } from '../../src/decide/decision.ts';
import { decide } from '../../src/decide/index.ts';
import { bytesOf, type Step } from '../behaviour/case.ts';
import { namedTokens } from '../behaviour/tokens.ts';
import { type GeneratedRequest, generatedRequests } from '../properties/generated-requests.ts';
import { exchange } from '../support/raw-http.ts';
import { type AwsLaw, startAwsLaw } from './aws-law.ts';
import { kindReadings, worstReadings } from './stack/readings.ts';

/** `GWC_AWS_RUNS`: how many requests under each reading; `GWC_AWS_SEED`: which. */
const runs = Number(process.env['GWC_AWS_RUNS'] ?? 600);
const seed = Number(process.env['GWC_AWS_SEED'] ?? 20_261_201);

/** Times that pass while the requests are sent. */
const changing = new Set(['expJustPast', 'nbfSoon']);
const tokens = [...namedTokens(0).keys()].filter((name) => !changing.has(name));

describe.each([
  ['as is worst for the gateway', worstReadings],
  ['as is best for it', kindReadings],
] as const)('with what is undocumented read %s', (_, readings) => {
  let law: AwsLaw;

  beforeAll(async () => {
    law = await startAwsLaw({}, readings);
  });

  afterAll(async () => {
    await law?.stop();
  });

  test('API Gateway never forwards what decide refuses', async () => {
    let forwarded = 0;
    const property = fc.asyncProperty(generatedRequests(law.gateway, tokens), async (request) => {
      const received = await sent(request, law);
      if (received === undefined) return;
      forwarded++;
      const decisions = [request, asAwsReads(request)].map((one) => decided(one, law));
      if (
        !decisions.some((one) => one.forwarded?.backend === received || one.problem === 'too-many-requests')
      )
        throw new Error(`${received} got what ${decisions[0]?.operation} refuses: ${decisions[0]?.reason}`);
    });
    const result = await fc.check(property, { numRuns: runs, seed });
    console.info(`${result.numRuns} generated requests, ${forwarded} of them forwarded (seed ${seed})`);
    if (result.failed) expect.fail(`${String(result.errorInstance)}\n${fc.defaultReportMessage(result)}`);
    expect(forwarded).toBeGreaterThan(runs / 20);
  }, 600_000);
});

/** The back end that got the request. */
async function sent(request: GeneratedRequest, law: AwsLaw): Promise<string | undefined> {
  for (const backend of law.backends.values()) backend.forget();
  const { from, method } = request;
  const destination = { port: law.port, ...(from === undefined ? {} : { from }) };
  await exchange(destination, bytesOf(stepOf(request), law.filled), { head: method === 'HEAD' }).catch(
    closed,
  );
  return [...law.backends].find(([, { requests }]) => requests.length > 0)?.[0];
}

/** Node's server, which stands for the front end, closes what is no request. */
function closed(error: unknown): void {
  if (!(error instanceof Error) || !/connection ended/.test(error.message)) throw error;
}

function decided(request: GeneratedRequest, law: AwsLaw): Decision {
  const arrival = { listener: 'https', serverName: 'api.law.test', port: 443 } as const;
  const bytes = bytesOf(stepOf(request), law.filled);
  const world = { now: Date.now() / 1000 };
  return decide(law.gateway, { ...arrival, peer: request.from ?? '127.0.0.1', bytes }, world);
}

/** What fixtures/behaviour/aws/differences.yaml says of slashes at the end, of characters of queries, and of headers that come twice. */
function asAwsReads(request: GeneratedRequest): GeneratedRequest {
  const [path = '', ...query] = request.target.split('?');
  const target = [
    path.replace(/(?<=.)\/+$/, ''),
    ...query.map((one) => one.replaceAll(/["\\<>^`{|}#]/g, encodeURIComponent)),
  ].join('?');
  const name = (line: string): string => line.slice(0, line.indexOf(':')).toLowerCase();
  const last = (line: string, at: number): boolean =>
    name(line) !== 'authorization' ||
    !request.headers.slice(at + 1).some((other) => name(other) === 'authorization');
  return { ...request, target, headers: request.headers.filter(last) };
}

function stepOf({ body, headers, method, target }: GeneratedRequest): Step {
  const length = body === undefined ? [] : [`Content-Length: ${body.length}`];
  return { send: `${method} ${target}`, headers: [...headers, ...length], body: body ?? '', expect: {} };
}
