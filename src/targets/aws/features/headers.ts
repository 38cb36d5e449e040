import type { HeaderChanges } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import { headerOutcome } from '../edge/header-changes.ts';

/** What API Gateway writes itself (Developer Guide, "Amazon API Gateway important notes", table of headers). */
const own: ReadonlySet<string> = new Set([
  'accept',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'x-amzn-trace-id',
]);

/** Static values of mappings; a header cannot be taken away from a proxied request, only written. */
export const requestHeaders: Lowering<Sourced<HeaderChanges>, OperationScope, HeaderChanges> = {
  support: 'partial',
  note: 'static values; a removed header arrives as -',
  lower: ({ value }): Outcome<HeaderChanges> => {
    const [added] = value.add;
    if (added !== undefined)
      return {
        kind: 'unsupported',
        reason: `a mapping replaces the header "${added.name}" and cannot add to what the client sent`,
        instead: 'Write it in setHeaders.',
      };
    const reason = refusalOfChanges(value);
    if (reason !== undefined) return { kind: 'unsupported', reason, instead: undefined };
    return value.remove.length === 0
      ? { kind: 'exact', part: value }
      : {
          kind: 'approximate',
          part: value,
          difference: 'a removed header arrives at the back end as "-", not absent',
        };
  },
};

function refusalOfChanges({ set, remove }: HeaderChanges): string | undefined {
  const names = [...set.map(({ name }) => name), ...remove];
  const taken = names.find((name) => own.has(name.toLowerCase()));
  if (taken !== undefined) return `API Gateway writes the header "${taken}" itself`;
  const odd = names.find((name) => !/^[A-Za-z0-9._$-]+$/.test(name));
  if (odd !== undefined) return `no mapping can name the header "${odd}"`;
  const unwritable = set.find(({ value }) => !/^[\x20-\x26\x28-\x7e]*$/.test(value));
  return unwritable === undefined
    ? undefined
    : `a static value of a mapping holds printable ASCII without quotation marks, and "${unwritable.name}" does not`;
}

/** Answers of a proxied back end pass through as they are; a distribution changes them. */
export const responseHeaders: Lowering<Sourced<HeaderChanges>, OperationScope, HeaderChanges> = {
  support: 'partial',
  note: 'with edge: cloudfront; else answers of a proxy integration cannot be changed',
  lower: ({ value }, { gateway, operation }): Outcome<HeaderChanges> => {
    if (!hasDistribution(gateway))
      return {
        kind: 'unsupported',
        reason: 'answers of a proxy integration reach clients as the back end sent them',
        instead: 'Write targets.aws.edge: cloudfront, or let the back end send them so.',
      };
    const outcome = headerOutcome(gateway, operation);
    return outcome.kind === 'unsupported'
      ? { ...outcome, instead: 'Let the back end send it so.' }
      : { ...outcome, part: value };
  },
};
