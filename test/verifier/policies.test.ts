import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Segment } from '../../src/model/path.ts';
import { evaluate, withMethod } from '../../src/policy/index.ts';
import { buildVerifierData } from '../../src/targets/nginx/verifier/build-verifier-data.ts';
import type { PathPattern, PolicyStep } from '../../src/targets/nginx/verifier/guard-data.ts';
import { inputList } from '../../src/targets/nginx/verifier/input-list.ts';
import { pathPattern } from '../../src/targets/nginx/verifier/path-pattern.ts';
import { pathParameters, policySteps } from '../../src/targets/nginx/verifier/policy-steps.ts';
import { expressionOf, policyVectors } from '../support/policy.ts';
import { inputValue } from './engine/engine.ts';
import { type NginxEngine, nginxEngine } from './engine/nginx-engine.ts';
import { loadNjs } from './engine/node-engine.ts';
import { shop } from './fixture.ts';
import { type PolicySample, policySamples } from './policy-samples.ts';

/** The truth by the reference, which shares no code with the verifier. */
const reference = (sample: PolicySample): unknown =>
  evaluate(withMethod(sample.expression, sample.method), {
    ...sample,
    header: (name) => [sample.headers[name] ?? ''].filter((value) => value !== ''),
  });

/** The same as the build gives it to the verifier. */
const compiled = (sample: PolicySample): CompiledSample => {
  const { expression, claims, path, query, headers, method, address = '', scopeClaims, roleClaim } = sample;
  const inputs = inputList();
  const steps = policySteps(expression, method, inputs);
  const segments = [...path.keys()].map(
    (name): Segment => ({ kind: 'plain', pieces: [{ kind: 'parameter', name }] }),
  );
  const facts = {
    headers,
    query,
    method,
    address,
    path: [...path.values()].map((one) => `/${one}`).join(''),
  };
  return {
    steps,
    claims: JSON.stringify(claims),
    authenticator: { scopeClaims, roleClaim },
    paths: [pathPattern(segments, new Set(pathParameters(steps)))],
    inputs: inputs.all().map((input) => Buffer.from(inputValue(input, facts), 'latin1').toString('base64')),
  };
};

interface CompiledSample {
  readonly steps: readonly PolicyStep[];
  /** JSON text. */
  readonly claims: string;
  readonly authenticator: Pick<PolicySample, 'scopeClaims' | 'roleClaim'>;
  readonly paths: readonly PathPattern[];
  /** Bytes in base64. */
  readonly inputs: readonly string[];
}

const vectors = policyVectors.map((vector) => ({
  ...vector,
  expression: expressionOf(vector.expression),
  headers: Object.fromEntries(
    vector.headers.map(([name, value]) => [
      name.toLowerCase(),
      Buffer.from(value, 'utf8').toString('latin1'),
    ]),
  ),
}));

type Call = (...args: readonly unknown[]) => unknown;

/** Evaluates in this process what `layers.js` evaluates in nginx. */
const nodeEvaluator = async (): Promise<(sample: CompiledSample) => unknown> => {
  const call = async (module: string, name: string): Promise<Call> => (await loadNjs(module))[name] as Call;
  const readObject = await call('json.js', 'readObject');
  const requestFrom = await call('request.js', 'from');
  const evaluateSteps = await call('policy.js', 'evaluate');
  return ({ steps, claims, authenticator, paths, inputs }) => {
    const sent = inputs.map((one) => Buffer.from(one, 'base64')).map((bytes, i) => [i, bytes] as const);
    const present = sent.filter(([, bytes]) => bytes.length > 0);
    const r = {
      headersIn: Object.fromEntries(
        present.map(([i, bytes]) => [`Gwc-Input-${i}`, bytes.toString('latin1')]),
      ),
      rawVariables: Object.fromEntries(present.map(([i, bytes]) => [`http_gwc_input_${i}`, bytes])),
    };
    const subject = { claims: readObject(Buffer.from(claims)), authenticator };
    return evaluateSteps(steps, subject, requestFrom(r, paths));
  };
};

describe('policies mean the same in the verifier and in the reference (Z1, Z4, Z5, Z7)', () => {
  let nginx: NginxEngine;
  let inNode: (sample: CompiledSample) => unknown;
  beforeAll(async () => {
    nginx = await nginxEngine(buildVerifierData(shop));
    inNode = await nodeEvaluator();
  });
  afterAll(async () => nginx?.stop());

  const inNginx = async (of: readonly PolicySample[]): Promise<readonly unknown[]> =>
    (await nginx.call('evaluate', of.map(compiled))) as readonly unknown[];

  test('in the table of policies', async () => {
    expect(vectors.length).toBeGreaterThan(200);
    const titled = (truths: readonly unknown[]): readonly string[] =>
      truths.map((truth, index) => `${vectors[index]?.id}: ${truth}`);
    const expected = titled(vectors.map((one) => one.expected));
    expect(titled(await inNginx(vectors))).toEqual(expected);
    expect(titled(vectors.map((one) => inNode(compiled(one))))).toEqual(expected);
  });

  test('in thousands of generated expressions, inside nginx', async () => {
    const generated = fc.sample(policySamples, { numRuns: 4000, seed: 20 });
    const expected = generated.map(reference);
    const found: unknown[] = [];
    for (let start = 0; start < generated.length; start += 500) {
      found.push(...(await inNginx(generated.slice(start, start + 500))));
    }
    const at = expected.findIndex((truth, index) => truth !== found[index]);
    expect(at === -1 ? undefined : { sample: generated[at], expected: expected[at], found: found[at] }).toBe(
      undefined,
    );
    for (const truth of [true, false, 'unknown']) {
      expect(expected.filter((one) => one === truth).length).toBeGreaterThan(200);
    }
  });

  test('in generated expressions, on Node', () => {
    fc.assert(
      fc.property(policySamples, (sample) => {
        expect(inNode(compiled(sample))).toBe(reference(sample));
      }),
      { numRuns: 1000 },
    );
  });
});
