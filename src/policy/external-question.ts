import type { ExternalCall, SentFact } from '../model/policy.ts';
import type { JsonObject, JsonValue } from './claims.ts';
import { parseIpAddress, printIpAddress } from './ip-address.ts';

/** Everything that a service may be told about a request. */
interface QuestionFacts {
  readonly method: string;
  /** Raw path of the request target. */
  readonly path: string;
  /** Raw query without its question mark. */
  readonly query: string;
  readonly claims: JsonObject | undefined;
  readonly consumer: string | undefined;
  readonly groups: readonly string[] | undefined;
  /** Client address in text form; undefined when it is not known. */
  readonly address: string | undefined;
}

/** What is posted to a service: `{"input": {…}}` with a member for each fact of `send`, null where there is none. */
export function externalQuestion({ send }: ExternalCall, facts: QuestionFacts): JsonObject {
  return { input: Object.fromEntries(send.map((fact) => [fact, factValue(fact, facts)])) };
}

function factValue(fact: SentFact, facts: QuestionFacts): JsonValue {
  switch (fact) {
    case 'consumer':
      return facts.consumer === undefined ? null : { id: facts.consumer, groups: facts.groups ?? [] };
    case 'ip': {
      const address = facts.address === undefined ? undefined : parseIpAddress(facts.address);
      return address === undefined ? null : printIpAddress(address);
    }
    default:
      return facts[fact] ?? null;
  }
}

/** The same text for questions that are one: asked of the same service, told the same, kept as long. */
export function externalKey({ at: _, ...call }: ExternalCall): string {
  return JSON.stringify(call);
}
