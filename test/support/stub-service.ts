import type { ServiceAnswer } from '../../src/decide/decision.ts';
import { type Backend, type BackendAnswer, startBackend } from './backend.ts';

/** What a service is asked: everything that its answer may depend on. */
export interface Question {
  /** Request target. */
  readonly target: string;
  readonly method: string;
  readonly body: string;
  readonly authorization: string | undefined;
}

/** A service whose answers depend on nothing but the question, so that a reference can ask it without a network. */
export type Stub = (question: Question) => BackendAnswer;

export interface RunningStub extends Backend {
  /** What a client that waits a second at most gets; undefined for no answer. */
  readonly ask: (question: Question) => ServiceAnswer | undefined;
}

/** Starts it on the loopback address. */
export async function startStub(stub: Stub, port?: number): Promise<RunningStub> {
  const backend = await startBackend({
    ...(port === undefined ? {} : { port }),
    answer: (request) =>
      stub({
        target: request.target,
        method: request.method,
        body: request.body.toString('utf8'),
        authorization: request.values('authorization')[0],
      }),
  });
  return { ...backend, ask: (question) => withoutNetwork(stub(question)) };
}

function withoutNetwork(answer: BackendAnswer): ServiceAnswer | undefined {
  if (answer === 'hang' || answer === 'reset' || 'raw' in answer || answer.delay !== undefined)
    return undefined;
  return { status: answer.status, body: answer.body ?? '' };
}

/** 200 with a JSON text. */
export function json(value: unknown, status = 200): BackendAnswer {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return { status, headers: [['Content-Type', 'application/json']], body };
}
