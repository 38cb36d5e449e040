import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildVerifierData } from '../../src/targets/nginx/verifier/build-verifier-data.ts';
import { expressionOf, policyVectors } from '../support/policy.ts';
import { compiled, type Outcome, referenceOutcome, referenceTruth } from './compiled-policy.ts';
import { type NginxEngine, nginxEngine } from './engine/nginx-engine.ts';
import { shop } from './fixture.ts';
import { type NodePolicy, nodePolicy } from './node-policy.ts';
import { type PolicySample, policySamples } from './policy-samples.ts';

/** `GWC_POLICY_RUNS`: how many generated expressions, each with a request; `GWC_POLICY_SEED`: which. */
const runs = Number(process.env['GWC_POLICY_RUNS'] ?? 2500);
const seed = Number(process.env['GWC_POLICY_SEED'] ?? 20);

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

/** Bodies as what they say: engines may print numbers and order members in their own ways. */
const readOutcome = (written: unknown): Outcome | unknown => {
  if (typeof written !== 'object' || written === null) return written;
  const { holds, asked } = written as {
    readonly holds: boolean;
    readonly asked: readonly [number, string][];
  };
  return { holds, asked: asked.map(([, body]) => JSON.parse(body) as unknown) };
};

describe('policies mean the same in the verifier and in the reference (Z1, Z4, Z5, Z7)', () => {
  let nginx: NginxEngine;
  let inNode: NodePolicy;
  const generated = fc.sample(policySamples, { numRuns: runs, seed });
  beforeAll(async () => {
    nginx = await nginxEngine(buildVerifierData(shop));
    inNode = await nodePolicy();
  });
  afterAll(async () => nginx?.stop());

  const inNginx = async (entry: string, of: readonly PolicySample[]): Promise<readonly unknown[]> => {
    const found: unknown[] = [];
    for (let start = 0; start < of.length; start += 500) {
      const some = of.slice(start, start + 500).map(compiled);
      found.push(...((await nginx.call(entry, some)) as readonly unknown[]));
    }
    return found;
  };
  const expectSame = (
    samples: readonly PolicySample[],
    expected: readonly unknown[],
    found: readonly unknown[],
  ): void => {
    expect(found.length).toBe(expected.length);
    for (const [index, one] of expected.entries()) {
      expect({ sample: samples[index], result: found[index] }).toEqual({
        sample: samples[index],
        result: one,
      });
    }
  };

  test('in the table of policies', async () => {
    expect(vectors.length).toBeGreaterThan(280);
    const expected = vectors.map((one) => one.expected);
    expectSame(vectors, expected, await inNginx('evaluate', vectors));
    expectSame(
      vectors,
      expected,
      vectors.map((one) => inNode.evaluate(compiled(one))),
    );
  });

  test('in thousands of generated expressions, inside nginx', async () => {
    const expected = generated.map(referenceTruth);
    expectSame(generated, expected, await inNginx('evaluate', generated));
    for (const truth of [true, false, 'unknown']) {
      expect(expected.filter((one) => one === truth).length).toBeGreaterThan(runs / 20);
    }
  });

  test('in generated expressions, on Node', () => {
    expectSame(
      generated,
      generated.map(referenceTruth),
      generated.map((sample) => inNode.evaluate(compiled(sample))),
    );
  });

  test('in which services are asked, in what order and with what question', async () => {
    const samples = [...vectors, ...generated];
    const expected = samples.map(referenceOutcome);
    expectSame(samples, expected, (await inNginx('allHold', samples)).map(readOutcome));
    const onNode = await Promise.all(samples.map((sample) => inNode.allHold(compiled(sample))));
    expectSame(samples, expected, onNode.map(readOutcome));
    expect(expected.filter(({ asked }) => asked.length > 1).length).toBeGreaterThan(runs / 100);
  });
});
