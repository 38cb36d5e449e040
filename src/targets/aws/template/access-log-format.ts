import type { AccessLog, LogField } from '../../../model/observation.ts';
import { shownField } from './log-fields.ts';

/**
 * One line for each request. A redacted field is left out, not masked. `request_id` is always there, for a format
 * without it is refused (API Gateway Developer Guide, "Set up CloudWatch logging for REST APIs").
 */
export function accessLogFormat(log: AccessLog): string {
  return log.format.value === 'json' ? jsonFormat(log) : combinedFormat(log);
}

/** Every value is a string: what a request does not have is printed as `-`, which would be no JSON outside of quotes. */
function jsonFormat({ fields, redact }: AccessLog): string {
  const redacted = new Set(redact);
  const members = [...new Set<LogField>([...fields.value, 'request_id'])].flatMap((field) => {
    const found = shownField(field);
    if (found === undefined || redacted.has(field) || redacted.has(`header.${found.header}`)) return [];
    return [`${JSON.stringify(field)}:"${found.text}"`];
  });
  return `{${members.join(',')}}`;
}

/** The Combined Log Format of Apache httpd with what API Gateway knows, and the request id behind it. */
function combinedFormat({ redact }: AccessLog): string {
  const agent = redact.includes('header.user-agent') ? '-' : '$context.identity.userAgent';
  return `$context.identity.sourceIp - - [$context.requestTime] "$context.httpMethod $context.path $context.protocol" $context.status $context.responseLength "-" "${agent}" $context.requestId`;
}
