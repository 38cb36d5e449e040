import type { ExternalCall, SentFact } from '../model/policy.ts';
import type { JsonObject, JsonValue } from './claims.ts';

/** Everything that a service may be told about a request. */
export interface QuestionFacts {
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
    case 'ip':
      return facts.address ?? null;
    default:
      return facts[fact] ?? null;
  }
}

/** The same text for questions that are one: asked of the same service, told the same, kept as long. */
export function externalKey({ at: _, ...call }: ExternalCall): string {
  return JSON.stringify(call);
}

/** Reads a service's answer: true and false are `{"result": true}` and `{"result": false}` with status 200 only. */
export function externalAnswer(status: number, body: string): boolean | 'unknown' {
  if (status !== 200) return 'unknown';
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return 'unknown';
    const result: unknown = Object.hasOwn(answer, 'result') ? Reflect.get(answer, 'result') : undefined;
    return typeof result === 'boolean' ? result : 'unknown';
  } catch {
    return 'unknown';
  }
}
