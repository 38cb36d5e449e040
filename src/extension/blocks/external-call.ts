import type { Origin } from '../../model/origin.ts';
import type { ExternalCall, SentFact } from '../../model/policy.ts';
import { list } from '../collections.ts';
import { optional, type RecordOf, record, required } from '../record.ts';
import { oneOf } from '../scalars.ts';
import { name } from '../values/names.ts';
import { duration } from '../values/quantity.ts';
import { servicePath } from '../values/url.ts';

const defaultTimeoutMs = 200;
const defaultSend: readonly SentFact[] = ['method', 'path', 'claims'];
/** The order of the members of `input`. */
const sentFacts: readonly SentFact[] = ['method', 'path', 'query', 'claims', 'consumer', 'ip'];

const fields = {
  backend: required(name, 'The service: a name of `backends`.'),
  path: optional(servicePath, 'The path that is asked, below that of the back end.', '`/`'),
  timeout: optional(
    duration({ min: '1ms', max: '5s' }),
    'Longest wait for the answer; without one the rule is unknown.',
    '`200ms`',
  ),
  send: optional(
    list(oneOf(['method', 'path', 'query', 'claims', 'consumer', 'ip']), {
      min: 1,
      identity: (value) => value,
    }),
    'What the service is told.',
    '`[method, path, claims]`',
  ),
  cache: optional(
    duration({ min: '0s', max: '300s', wholeSeconds: true }),
    'How long a decision that rests on the answer may be kept for equal requests.',
    '`0s`',
  ),
};

/** A question to a service. */
export const externalCall = record('question to a service', fields);

type Fields = typeof fields;

/** The call that a block stands for, defaults filled in. */
export function readExternalCall(block: RecordOf<Fields>, at: Origin): ExternalCall {
  const chosen = block.send?.value.map(({ value }) => value) ?? defaultSend;
  return {
    kind: 'external',
    backend: block.backend.value,
    path: block.path?.value ?? '/',
    timeoutMs: block.timeout?.value ?? defaultTimeoutMs,
    send: sentFacts.filter((fact) => chosen.includes(fact)),
    cacheSeconds: (block.cache?.value ?? 0) / 1000,
    at,
  };
}
