import type { LogField } from '../../../model/observation.ts';
import type { JsonWithVariables } from '../token/json.ts';
import { requestHeader, variable } from '../token.ts';

/** The variable of a logged query parameter, by its place among them. */
export function queryVariable(index: number): string {
  return `gw_query_${index}`;
}

/**
 * What a field of the log holds, or undefined for one that nginx does not know. `queries`: logged query parameters in
 * order, each read by a map of its own.
 */
export function fieldValue(field: LogField, queries: readonly string[] = []): JsonWithVariables | undefined {
  if (Object.hasOwn(fixed, field)) return fixed[field];
  const [kind, name] = splitField(field);
  if (kind === 'header' && /^[A-Za-z0-9-]+$/.test(name)) return { pieces: [requestHeader(name)] };
  if (kind === 'query' && name !== '')
    return { pieces: [variable(queryVariable(Math.max(0, queries.indexOf(name))))] };
  return undefined;
}

export function splitField(field: LogField): readonly [kind: string, name: string] {
  const dot = field.indexOf('.');
  return dot < 0 ? [field, ''] : [field.slice(0, dot), field.slice(dot + 1)];
}

/** Headers that a field shows under another name. */
export const headerOfField: Readonly<Record<string, string>> = {
  user_agent: 'user-agent',
  referer: 'referer',
  client_request_id: 'x-request-id',
};

const value = (name: string): JsonWithVariables => ({ pieces: [variable(name)] });

const fixed: Readonly<Record<string, JsonWithVariables>> = {
  time: value('time_iso8601'),
  method: value('request_method'),
  route: value('gw_operation'),
  status: { numberVariable: 'status' },
  latency: { numberVariable: 'request_time' },
  subject: value('gw_subject'),
  consumer: value('gw_consumer'),
  request_id: value('gw_request_id'),
  client: value('remote_addr'),
  host: value('host'),
  path: value('gw_log_path'),
  user_agent: value('http_user_agent'),
  referer: value('http_referer'),
  bytes_in: { numberVariable: 'request_length' },
  bytes_out: { numberVariable: 'bytes_sent' },
  upstream: value('upstream_addr'),
  upstream_status: value('upstream_status'),
  upstream_latency: value('upstream_response_time'),
  tls: value('ssl_protocol'),
  reason: value('gw_reason'),
  client_request_id: value('http_x_request_id'),
};
