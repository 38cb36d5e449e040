import type { AccessLog, Gateway } from '../../../model/gateway.ts';
import type { Lowering, Outcome } from '../../target.ts';
import { shownField } from '../template/log-fields.ts';

/** Access logs of API Gateway know a fixed set of variables; headers and the query are not among them. */
export const accessLog: Lowering<AccessLog, Gateway, AccessLog> = {
  support: 'partial',
  note: 'one JSON object a line in CloudWatch Logs; times and the route in forms of API Gateway; no headers, no query',
  lower: (asked): Outcome<AccessLog> => {
    const fields = asked.fields.value;
    const unknown = fields.filter((field) => shownField(field) === undefined);
    if (unknown.length > 0)
      return {
        kind: 'unsupported',
        reason: `its access log has no variable for ${unknown.map((field) => `"${field}"`).join(', ')}`,
        instead: 'Leave such fields to the log of the back end, which gets the request id.',
      };
    const differences = fields.flatMap((field) => shownField(field)?.difference ?? []);
    return differences.length === 0
      ? { kind: 'exact', part: asked }
      : { kind: 'approximate', part: asked, difference: differences.join('; ') };
  },
};
