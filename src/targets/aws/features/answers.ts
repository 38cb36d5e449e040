import type { Sourced } from '../../../model/origin.ts';
import type { Cors, Lifecycle, Mock } from '../../../model/traffic.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';

/** The preflight is a mock; what the back end answers passes through unchanged. */
export const cors: Lowering<Sourced<Cors>, OperationScope, Cors> = {
  support: 'partial',
  note: 'preflight by a mock; answers of the back end carry the headers that it sends itself',
  lower: ({ value }): Outcome<Cors> => {
    const odd = [...value.origins, ...value.methods, ...value.headers, ...value.expose].find(
      (one) => !/^[\x21-\x26\x28-\x7e]+$/.test(one),
    );
    if (odd !== undefined)
      return { kind: 'unsupported', reason: `"${odd}" cannot stand in a mapping`, instead: undefined };
    return {
      kind: 'approximate',
      part: value,
      difference:
        'preflight requests are answered by API Gateway, and Access-Control-Allow-Origin of other answers must come from the back end',
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
  support: 'none',
  note: 'answers of a proxy integration cannot be changed',
  lower: ({ value }): Outcome<Lifecycle> => ({
    kind: 'approximate',
    part: value,
    difference: 'the headers Deprecation and Sunset are those that the back end sends itself',
  }),
};
