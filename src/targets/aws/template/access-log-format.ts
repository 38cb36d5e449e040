import type { Gateway } from '../../../model/gateway.ts';
import type { LogField } from '../../../model/observation.ts';
import { hasCanonicalPaths, shownField } from './log-fields.ts';

/**
 * One line for each request. A redacted field is left out, not masked. `request_id` is always there, for a format
 * without it is refused (API Gateway Developer Guide, "Set up CloudWatch logging for REST APIs").
 */
export function accessLogFormat(gateway: Gateway): string {
  return gateway.accessLog.format.value === 'json' ? jsonFormat(gateway) : combinedFormat(gateway);
}

/** Every value is a string: what a request does not have is printed as `-`, which would be no JSON outside of quotes. */
function jsonFormat(gateway: Gateway): string {
  const { fields, redact } = gateway.accessLog;
  const members = [...new Set<LogField>([...fields.value, 'request_id'])].flatMap((field) => {
    const found = shownField(field, gateway);
    return found === undefined || redact.includes(field) ? [] : [`${JSON.stringify(field)}:"${found.text}"`];
  });
  return `{${members.join(',')}}`;
}

/** The Combined Log Format of Apache httpd with what is safe to write between quotes, and the request id behind it. */
function combinedFormat(gateway: Gateway): string {
  const path = hasCanonicalPaths(gateway) ? '$context.path' : '$context.resourcePath';
  return `$context.identity.sourceIp - - [$context.requestTime] "$context.httpMethod ${path} $context.protocol" $context.status $context.responseLength "-" "-" $context.requestId`;
}
