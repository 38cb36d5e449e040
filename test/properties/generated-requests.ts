import fc from 'fast-check';
import type { Gateway } from '../../src/model/gateway.ts';
import type { Step } from '../behaviour/case.ts';
import { generatedHeaders } from './generated-headers.ts';
import { generatedTargets } from './generated-targets.ts';

/** A request as a case writes it: names of tokens in braces, one text for each header line. */
export type GeneratedRequest = Pick<Step, 'from'> & {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly string[];
  readonly body: string | undefined;
};

const methods = fc.oneof(
  { weight: 10, arbitrary: fc.constant('GET') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'HEAD',
      'POST',
      'DELETE',
      'OPTIONS',
      'PUT',
      'PATCH',
      'QUERY',
      'COPY',
      'TRACE',
      'GETS',
      'get',
    ),
  },
);

/** Requests to a gateway by callers of every kind. tokens: names that a case may use. */
export function generatedRequests(
  gateway: Gateway,
  tokens: readonly string[],
): fc.Arbitrary<GeneratedRequest> {
  return fc.record({
    method: methods,
    target: generatedTargets(gateway),
    headers: generatedHeaders(tokens),
    from: fc.constantFrom('127.0.0.1', '127.0.0.1', '127.0.0.9', '127.0.0.3'),
    body: fc.constantFrom(undefined, undefined, undefined, '', 'a', 'a'.repeat(1024), 'a'.repeat(1025)),
  });
}
