import type { CompiledSample } from './compiled-policy.ts';
import { loadNjs } from './engine/node-engine.ts';

type Call = (...args: readonly unknown[]) => unknown;

/** Evaluates in this process what `layers.js` evaluates in nginx. */
export interface NodePolicy {
  readonly evaluate: (sample: CompiledSample) => unknown;
  /** `{holds, asked}` as `layers.js` gives it. */
  readonly allHold: (sample: CompiledSample) => Promise<unknown>;
}

export const nodePolicy = async (): Promise<NodePolicy> => {
  const call = async (module: string, name: string): Promise<Call> => (await loadNjs(module))[name] as Call;
  const readObject = await call('json.js', 'readObject');
  const requestFrom = await call('request.js', 'from');
  const evaluate = await call('policy.js', 'evaluate');
  const allHold = await call('policy.js', 'allHold');
  const identityOf = ({ claims, authenticator, consumer, groups }: CompiledSample): object => ({
    claims: claims === undefined ? undefined : readObject(Buffer.from(claims)),
    authenticator: claims === undefined ? undefined : authenticator,
    consumer,
    groups,
  });
  const requestOf = ({ inputs, paths }: CompiledSample): object => {
    const sent = inputs.map((one) => Buffer.from(one, 'base64')).map((bytes, i) => [i, bytes] as const);
    const present = sent.filter(([, bytes]) => bytes.length > 0);
    const r = {
      headersIn: Object.fromEntries(
        present.map(([i, bytes]) => [`Gwc-Input-${i}`, bytes.toString('latin1')]),
      ),
      rawVariables: Object.fromEntries(present.map(([i, bytes]) => [`http_gwc_input_${i}`, bytes])),
    };
    return requestFrom(r, paths) as object;
  };
  return {
    evaluate: (sample) => evaluate(sample.steps, identityOf(sample), requestOf(sample), sample.answers),
    allHold: async (sample) => {
      const asked: unknown[] = [];
      const request = {
        ...requestOf(sample),
        external: (index: number, body: string) => {
          asked.push([index, body]);
          return Promise.resolve(sample.answers[index]);
        },
      };
      return { holds: await allHold([sample.steps], identityOf(sample), request), asked };
    },
  };
};
