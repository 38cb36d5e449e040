import type { Gateway } from '../../../model/gateway.ts';
import type { AccessLog, LogSink } from '../../../model/observation.ts';
import type { Lowering, Outcome } from '../../target.ts';
import { isStated } from '../stated.ts';
import { shownField } from '../template/log-fields.ts';

/** Access logs of API Gateway know a fixed set of variables; headers and the query are not among them. */
export const accessLog: Lowering<AccessLog, Gateway, AccessLog> = {
  support: 'partial',
  note: 'one JSON object a line in CloudWatch Logs or Firehose; no headers, no query; times in forms of API Gateway',
  lower: (asked, gateway): Outcome<AccessLog> => {
    const { sink, fields } = asked;
    const reason = sink === undefined ? undefined : refusalOfSink(sink.value);
    if (sink !== undefined && reason !== undefined)
      return {
        kind: 'unsupported',
        reason,
        instead: 'Leave the sink out, or name a log group.',
        at: sink.at,
      };
    const unknown = fields.value.filter((field) => shownField(field, gateway) === undefined);
    if (unknown.length > 0)
      return {
        kind: 'unsupported',
        reason: `its access log has no safe variable for ${unknown.map((field) => `"${field}"`).join(', ')}`,
        instead: unknown.includes('path')
          ? 'Leave such fields to the log of the back end, which gets the request id; with waf on, "path" is safe.'
          : 'Leave such fields to the log of the back end, which gets the request id.',
      };
    return withDifferences(asked, gateway);
  },
};

function withDifferences(asked: AccessLog, gateway: Gateway): Outcome<AccessLog> {
  const { fields, format, sample } = asked;
  const forms =
    format.value === 'combined'
      ? [combinedDiffers]
      : fields.value.flatMap((field) => shownField(field, gateway)?.difference ?? []);
  const all = sample.value < 1 ? [`every request is logged, not ${sample.value} of them`] : [];
  const difference = [...all, ...forms].join('; ');
  if (difference === '') return { kind: 'exact', part: asked };
  return all.length === 0 && format.value === 'json' && !isStated(fields.at, 'fields')
    ? { kind: 'exact', part: asked, remark: difference }
    : { kind: 'approximate', part: asked, difference };
}

const combinedDiffers =
  'the name of the user, the referrer and the user agent are always "-", and the request id follows';

/** Names of delivery streams that API Gateway writes to (API Gateway Developer Guide, "Log API calls to Amazon Data Firehose"). */
function refusalOfSink(sink: LogSink): string | undefined {
  if (sink.kind === 'cloudwatch') return undefined;
  if (sink.kind !== 'firehose') return `API Gateway writes no log to ${sink.kind}`;
  return /:deliverystream\/amazon-apigateway-/.test(sink.arn)
    ? undefined
    : 'API Gateway writes only to delivery streams whose name begins with amazon-apigateway-';
}
