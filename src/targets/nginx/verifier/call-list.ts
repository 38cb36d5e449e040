import type { Method } from '../../../model/gateway.ts';
import type { ExternalCall, SentFact } from '../../../model/policy.ts';
import { externalLocation } from './external-location.ts';
import type { CallFact, GuardCall } from './guard-data.ts';
import type { InputList } from './input-list.ts';

/** Questions of one guard in the order of their first use; equal ones are asked once a request. */
export interface CallList {
  /** The index of a question, added when it is new; what it sends becomes an input of the guard. */
  readonly indexOf: (call: ExternalCall, method: Method, inputs: InputList) => number;
  readonly all: () => readonly GuardCall[];
}

export function callList(): CallList {
  const calls = new Map<string, GuardCall>();
  return {
    indexOf: (asked, method, inputs) => {
      const call: GuardCall = {
        location: externalLocation(asked),
        send: asked.send.map((fact) => callFact(fact, method, inputs)),
        cacheSeconds: asked.cacheSeconds,
      };
      const key = JSON.stringify(call);
      if (!calls.has(key)) calls.set(key, call);
      return [...calls.keys()].indexOf(key);
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
