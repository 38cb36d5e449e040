import type { Segment } from '../../src/model/path.ts';
import { leavesOf } from '../../src/policy/fold.ts';
import {
  allHold,
  evaluate,
  externalQuestion,
  type JsonObject,
  type PolicyInputs,
  withMethod,
} from '../../src/policy/index.ts';
import type { Truth } from '../../src/policy/kleene.ts';
import { callList } from '../../src/targets/nginx/verifier/call-list.ts';
import { externalLocation } from '../../src/targets/nginx/verifier/external-location.ts';
import type { PathPattern, PolicyStep } from '../../src/targets/nginx/verifier/guard-data.ts';
import { inputList } from '../../src/targets/nginx/verifier/input-list.ts';
import { pathPattern } from '../../src/targets/nginx/verifier/path-pattern.ts';
import { pathParameters, policySteps } from '../../src/targets/nginx/verifier/policy-steps.ts';
import { inputValue } from './engine/engine.ts';
import type { PolicySample } from './policy-samples.ts';

/** A policy and one request as the build and nginx give them to the verifier. */
export interface CompiledSample {
  readonly steps: readonly PolicyStep[];
  /** JSON text; absent for an identity without a token. */
  readonly claims?: string;
  readonly consumer?: string;
  readonly groups?: readonly string[];
  readonly authenticator: Pick<PolicySample, 'scopeClaims' | 'roleClaim'>;
  readonly paths: readonly PathPattern[];
  /** Bytes in base64. */
  readonly inputs: readonly string[];
  /** By the index of the call. */
  readonly answers: readonly Truth[];
}

/** Whether a policy lets a request pass, and what services were asked, in order. */
export interface Outcome {
  readonly holds: boolean;
  readonly asked: readonly JsonObject[];
}

const inputsOf = (sample: PolicySample): PolicyInputs => ({
  ...sample,
  header: (name) => [sample.headers[name] ?? ''].filter((value) => value !== ''),
  external: ({ backend }) => sample.answers[backend] ?? 'unknown',
});

/** The truth by the reference, which shares no code with the verifier. */
export const referenceTruth = (sample: PolicySample): Truth =>
  evaluate(withMethod(sample.expression, sample.method), inputsOf(sample));

export const referenceOutcome = (sample: PolicySample): Outcome => {
  const asked: JsonObject[] = [];
  const inputs = inputsOf(sample);
  const holds = allHold([withMethod(sample.expression, sample.method)], {
    ...inputs,
    external: (call) => {
      asked.push(externalQuestion(call, { ...inputs, path: rawPath(sample) }));
      return inputs.external(call);
    },
  });
  return { holds, asked };
};

const rawPath = ({ path }: PolicySample): string => [...path.values()].map((one) => `/${one}`).join('');

export const compiled = (sample: PolicySample): CompiledSample => {
  const { expression, claims, consumer, groups, path, method, address = '' } = sample;
  const inputs = inputList();
  const calls = callList();
  const steps = policySteps(expression, method, inputs, calls);
  const segments = [...path.keys()].map(
    (name): Segment => ({ kind: 'plain', pieces: [{ kind: 'parameter', name }] }),
  );
  const facts = { ...sample, address, path: rawPath(sample) };
  const backends = new Map(
    leavesOf(expression).flatMap((leaf) =>
      leaf.kind === 'external' ? [[externalLocation(leaf), leaf.backend] as const] : [],
    ),
  );
  return {
    steps,
    ...(claims === undefined ? {} : { claims: JSON.stringify(claims) }),
    ...(consumer === undefined ? {} : { consumer }),
    ...(groups === undefined ? {} : { groups }),
    authenticator: { scopeClaims: sample.scopeClaims, roleClaim: sample.roleClaim },
    paths: [pathPattern(segments, new Set(pathParameters(steps)))],
    inputs: inputs.all().map((input) => Buffer.from(inputValue(input, facts), 'latin1').toString('base64')),
    answers: calls.all().map(({ location }) => sample.answers[backends.get(location) ?? ''] ?? 'unknown'),
  };
};
