import type { VerifierInput } from './guard.ts';

/** Inputs of one guard in the order of their first use. */
export interface InputList {
  /** The index of an input, added when it is new. */
  readonly indexOf: (input: VerifierInput) => number;
  readonly all: () => readonly VerifierInput[];
}

export function inputList(): InputList {
  const inputs = new Map<string, VerifierInput>();
  const keys: string[] = [];
  return {
    indexOf: (input) => {
      const key = 'name' in input ? `${input.kind} ${input.name}` : input.kind;
      if (!inputs.has(key)) {
        inputs.set(key, input);
        keys.push(key);
      }
      return keys.indexOf(key);
    },
    all: () => [...inputs.values()],
  };
}
