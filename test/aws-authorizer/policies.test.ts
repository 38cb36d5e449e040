import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sourced } from '../../src/model/origin.ts';
import type { Expression } from '../../src/model/policy.ts';
import { leavesOf } from '../../src/policy/fold.ts';
import { buildAuthorizerData } from '../../src/targets/aws/authorizer/build-authorizer-data.ts';
import {
  authenticator,
  backend,
  gateway,
  operation,
  required,
  route,
  site,
  sourced,
} from '../support/model.ts';
import { expressionOf, policyVectors } from '../support/policy.ts';
import { referenceOutcome, referenceTruth } from '../verifier/compiled-policy.ts';
import { type PolicySample, policySamples } from '../verifier/policy-samples.ts';
import { authorizerModule } from './module.ts';
import { servedOperations } from './served.ts';

/** As for the verifier of nginx: `GWC_POLICY_RUNS`, `GWC_POLICY_SEED`. */
const runs = Number(process.env['GWC_POLICY_RUNS'] ?? 5000);
const seed = Number(process.env['GWC_POLICY_SEED'] ?? 31);

interface Request {
  readonly path: string;
  readonly rawQuery: string;
  readonly address: () => string | undefined;
  readonly header: (name: string) => readonly string[];
  readonly query: (name: string) => readonly (string | undefined)[];
  readonly pathParameter: (name: string) => string | undefined;
}
const policy = authorizerModule<{
  readonly evaluate: (
    policy: object,
    identity: object,
    request: Request,
    answers: readonly unknown[],
  ) => unknown;
  readonly allHold: (
    policies: readonly object[],
    identity: object,
    request: Request,
    ask: (call: number) => Promise<unknown>,
  ) => Promise<boolean>;
}>('policy.js', ['addresses']);
const { decoded } = authorizerModule<{ readonly decoded: (raw: string) => string | undefined }>('path.js');

/** The policy as the build writes it, with the questions that it may ask. */
function built({ expression, method }: PolicySample) {
  const authorization: readonly Sourced<Expression>[] = [sourced(expression)];
  const guarded = operation(method, { authentication: sourced(required('user')), authorization });
  const of = gateway({
    authenticators: [authenticator('user')],
    backends: ['main', ...backendsOf(expression)].map((name) => backend(name, { nodes: [nodeOf(name)] })),
    sites: [site([route('/', [guarded])])],
  });
  const options = { api: 'rest', address: { kind: 'peer' }, pathProfile: 'elsewhere' } as const;
  const { data } = buildAuthorizerData(of, { ...options, served: servedOperations(of) });
  const [guard] = data.guards;
  if (guard?.policies?.[0] === undefined || guard.calls === undefined) throw new Error('there is no policy');
  return { policy: guard.policies[0], calls: guard.calls, services: data.services };
}

/** So that the address of a service says whose it is. */
function nodeOf(name: string) {
  return sourced({ host: `${name}.test`, port: 443, weight: 1 });
}

function backendsOf(expression: Expression): readonly string[] {
  return leavesOf(expression).flatMap((leaf) => (leaf.kind === 'external' ? [leaf.backend] : []));
}

/** The request as an HTTP API tells it: nothing but header bytes is lost. */
function requestOf(sample: PolicySample): Request {
  const queryValues = (name: string): readonly (string | undefined)[] =>
    sample.query.split('&').flatMap((pair) => {
      const [key = '', ...value] = pair.split('=');
      return pair !== '' && decoded(key) === name ? [decoded(value.join('='))] : [];
    });
  return {
    path: [...sample.path.values()].map((one) => `/${one}`).join(''),
    rawQuery: sample.query,
    address: () => sample.address,
    header: (name) => [sample.headers[name] ?? ''].filter((value) => value !== ''),
    query: queryValues,
    pathParameter: (name) => decoded(sample.path.get(name) ?? '%'),
  };
}

function identityOf({ claims, consumer, groups, roleClaim, scopeClaims }: PolicySample): object {
  const authenticator = claims === undefined ? undefined : { roleClaim, scopeClaims };
  return { claims, authenticator, consumer, groups };
}

const vectors: readonly (PolicySample & { readonly id: string; readonly expected: unknown })[] =
  policyVectors.map((vector) => ({
    ...vector,
    expression: expressionOf(vector.expression),
    headers: Object.fromEntries(
      vector.headers.map(([name, value]) => [
        name.toLowerCase(),
        Buffer.from(value, 'utf8').toString('latin1'),
      ]),
    ),
  }));
const generated = fc.sample(policySamples, { numRuns: runs, seed });

function truthOf(sample: PolicySample): unknown {
  const { policy: data } = built(sample);
  return policy.evaluate(data, identityOf(sample), requestOf(sample), answersOf(sample));
}

/** What services say, by the number of the question. */
function answersOf(sample: PolicySample): readonly unknown[] {
  const { calls, services } = built(sample);
  return calls.map(({ service }) => {
    const [name = ''] = new URL(services[service]?.url ?? '').hostname.split('.');
    return sample.answers[name] ?? 'unknown';
  });
}

async function outcomeOf(sample: PolicySample): Promise<{ readonly holds: boolean; readonly asked: number }> {
  const answers = answersOf(sample);
  let asked = 0;
  const holds = await policy.allHold(
    [built(sample).policy],
    identityOf(sample),
    requestOf(sample),
    async (call) => {
      asked += 1;
      return answers[call];
    },
  );
  return { holds, asked };
}

/** Which bytes a header value beyond ASCII was, the authorizer is not told: what reads one is unknown to it. */
function isTold({ headers }: PolicySample): boolean {
  return Object.values(headers).every((value) => /^[\x00-\x7f]*$/.test(value));
}

describe('policies mean the same in the Lambda authorizer and in the reference (Z1, Z4, Z5, Z7)', () => {
  test.each(vectors)('$id', (vector) => {
    expect(truthOf(vector)).toBe(isTold(vector) ? vector.expected : 'unknown');
  });

  test('in thousands of generated expressions', () => {
    const told = generated.filter(isTold);
    for (const sample of told)
      expect({ sample, truth: truthOf(sample) }).toEqual({ sample, truth: referenceTruth(sample) });
    expect(told.length).toBeGreaterThan(runs / 3);
    for (const truth of [true, false, 'unknown'])
      expect(told.filter((sample) => referenceTruth(sample) === truth).length).toBeGreaterThan(runs / 40);
  });

  test('or are unknown where a header cannot be read, so that nobody passes by it', () => {
    const others = generated.filter((sample) => !isTold(sample));
    for (const sample of others) expect([referenceTruth(sample), 'unknown']).toContain(truthOf(sample));
    expect(others.length).toBeGreaterThan(runs / 20);
  });

  test('and services are asked no more than is needed', async () => {
    const told = [...vectors, ...generated].filter(isTold);
    for (const sample of told) {
      const { asked, holds } = referenceOutcome(sample);
      expect({ sample, ...(await outcomeOf(sample)) }).toEqual({ sample, holds, asked: asked.length });
    }
    expect(told.filter((sample) => referenceOutcome(sample).asked.length > 1).length).toBeGreaterThan(
      runs / 100,
    );
  });
});
