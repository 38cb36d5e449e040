import type { Method } from '../../../model/gateway.ts';
import type { ExternalCall, SentFact } from '../../../model/policy.ts';
import { externalLocation } from './external-location.ts';
import type { CallFact, GuardCall, PolicyStep } from './guard-data.ts';
import type { InputList } from './input-list.ts';

type ExternalStep = Extract<PolicyStep, { readonly kind: 'external' }>;

/** Questions of one guard in the order of their first use; equal ones are asked once a request. */
export interface CallList {
  /** The step that asks; what it sends becomes an input of the guard. */
  readonly stepOf: (call: ExternalCall, method: Method, inputs: InputList) => ExternalStep;
  readonly all: () => readonly GuardCall[];
}

export function callList(): CallList {
  const calls = new Map<string, GuardCall>();
  return {
    stepOf: (asked, method, inputs) => {
      const send = asked.send.map((fact) => callFact(fact, method, inputs));
      const call = { location: externalLocation(asked), cacheSeconds: asked.cacheSeconds };
      const key = JSON.stringify([call, send]);
      if (!calls.has(key)) calls.set(key, call);
      return { kind: 'external', call: [...calls.keys()].indexOf(key), send };
    },
    all: () => [...calls.values()],
  };
}

function callFact(fact: SentFact, method: Method, inputs: InputList): CallFact {
  switch (fact) {
    case 'method':
      return { kind: fact, value: method };
    case 'path':
    case 'query':
      return { kind: fact, input: inputs.indexOf({ kind: fact }) };
    case 'ip':
      return { kind: fact, input: inputs.indexOf({ kind: 'address' }) };
    case 'claims':
    case 'consumer':
      return { kind: fact };
  }
}
