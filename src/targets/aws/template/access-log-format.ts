import type { AccessLog, LogField } from '../../../model/gateway.ts';
import { shownField } from './log-fields.ts';

/**
 * One JSON object a line. Every value is a string: what a request does not have is printed as `-`, which would be no
 * JSON outside of quotes. `request_id` is always there, for a format without it is refused (API Gateway Developer
 * Guide, "Set up CloudWatch logging for REST APIs"). A redacted field is left out, not masked.
 */
export function accessLogFormat({ fields, redact }: AccessLog): string {
  const redacted = new Set(redact);
  const members = [...new Set<LogField>([...fields.value, 'request_id'])].flatMap((field) => {
    const found = shownField(field);
    if (found === undefined || redacted.has(field) || redacted.has(`header.${found.header}`)) return [];
    return [`${JSON.stringify(field)}:"${found.text}"`];
  });
  return `{${members.join(',')}}`;
}
