import { expect } from 'vitest';
import { bytesOf, type Expectation, type Step } from '../behaviour/case.ts';
import { checkAnswer, checkBackends } from '../behaviour/law.ts';
import type { BackendAnswer } from '../support/backend.ts';
import { exchange, type RawResponse } from '../support/raw-http.ts';
import type { AwsLaw } from './aws-law.ts';
import type { AwsCase } from './differences.ts';

/** A case on the interpreted stack with both ends observed. Throws at the first thing that is not as the case says. */
export async function runOnAws({ made, one }: AwsCase, law: AwsLaw): Promise<void> {
  const { backends, filled, port, stack } = law;
  for (let step: Step | undefined = one; step !== undefined; step = step.then) {
    for (let time = 0; time < (step.times ?? 1); time++) {
      for (const backend of backends.values()) backend.forget();
      const answer = step.answer && (JSON.parse(filled(JSON.stringify(step.answer))) as BackendAnswer);
      for (const backend of backends.values())
        backend.answerWith(() => answer ?? { status: 200, body: 'from the back end' });
      const bytes = bytesOf(step, filled);
      const head = bytes.subarray(0, 5).toString() === 'HEAD ';
      const printed = stack.printed.length;
      const from = step.from === undefined ? {} : { from: step.from };
      const response = await exchange({ port, ...from }, bytes, { head });
      expect(response.status, stack.printed.slice(printed).join('\n')).not.toBe(599);
      const refused = step.expect.orRefused?.includes(response.status) === true;
      const wanted = refused ? { status: response.status } : step.expect;
      if (made === undefined) checkAnswer(response, wanted, head, filled);
      else checkMade(made, response, wanted);
      checkBackends(wanted, backends, filled);
    }
  }
}

/** An answer that the gateway had no part in. */
function checkMade(
  made: 'front-end' | 'waf',
  response: RawResponse,
  { problem, status = [] }: Expectation,
): void {
  expect([status].flat(), response.text).toContain(response.status);
  if (made === 'front-end') return;
  expect(response.header('cache-control')).toBe('no-store');
  expect(response.header('content-type')).toBe('application/json');
  const body = JSON.parse(response.text);
  expect(Object.keys(body).sort()).toEqual(['status', 'title', 'type']);
  if (problem !== undefined) expect(body.type).toBe(`urn:gwc:${problem}`);
}
