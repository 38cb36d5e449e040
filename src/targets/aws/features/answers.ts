import type { Sourced } from '../../../model/origin.ts';
import type { Cors, Lifecycle, Mock } from '../../../model/traffic.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import { headerOutcome } from '../edge/header-changes.ts';

/**
 * The preflight is a mock; what the back end answers passes through unchanged, or through a function of a distribution,
 * which does not see answers from 400 on but those to unknown callers.
 */
export const cors: Lowering<Sourced<Cors>, OperationScope, Cors> = {
  support: 'partial',
  note: 'preflight by a mock; other answers by edge: cloudfront up to status 400, else as the back end sends them',
  lower: ({ value }, { gateway }): Outcome<Cors> => {
    const odd = [...value.origins, ...value.methods, ...value.headers, ...value.expose].find(
      (one) => !/^[\x21-\x26\x28-\x7e]+$/.test(one),
    );
    if (odd !== undefined)
      return { kind: 'unsupported', reason: `"${odd}" cannot stand in a mapping`, instead: undefined };
    return {
      kind: 'approximate',
      part: value,
      difference: hasDistribution(gateway)
        ? 'answers with a status of 400 or more, but 401, carry the Access-Control-Allow-Origin that the back end sends'
        : 'preflight requests are answered by API Gateway, and Access-Control-Allow-Origin of other answers must come from the back end',
    };
  },
};

/** A mock integration behind the same guards. Its template is VTL, which reads `$` and `#`: they are escaped. */
export const mock: Lowering<Sourced<Mock>, OperationScope, Mock> = {
  support: 'full',
  note: 'mock integration',
  lower: ({ value }): Outcome<Mock> => {
    if (value.status < 200 || value.status > 599)
      return { kind: 'unsupported', reason: `a mock cannot answer ${value.status}`, instead: undefined };
    const type = value.body?.mediaType ?? 'application/json';
    return /^[\x21-\x26\x28-\x7e]+$/.test(type)
      ? { kind: 'exact', part: value }
      : { kind: 'unsupported', reason: `the type "${type}" cannot stand in a mapping`, instead: undefined };
  },
};

export const lifecycle: Lowering<Sourced<Lifecycle>, OperationScope, Lifecycle> = {
  support: 'partial',
  note: 'with edge: cloudfront; else answers of a proxy integration cannot be changed',
  lower: ({ value }, { gateway, operation }): Outcome<Lifecycle> => {
    const outcome = hasDistribution(gateway) ? headerOutcome(gateway, operation) : undefined;
    if (outcome !== undefined && outcome.kind !== 'unsupported') return { ...outcome, part: value };
    return {
      kind: 'approximate',
      part: value,
      difference: 'the headers Deprecation and Sunset are those that the back end sends itself',
    };
  },
};
