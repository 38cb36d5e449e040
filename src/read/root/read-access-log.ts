import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { RootBlock } from '../../extension/index.ts';
import type { Authenticator } from '../../model/authentication.ts';
import type { AccessLog } from '../../model/observation.ts';
import type { Origin } from '../../model/origin.ts';
import type { SecurityScheme } from '../../openapi/document.ts';
import { redactedField } from '../diagnostics.ts';

const defaultFields = ['time', 'method', 'route', 'status', 'latency', 'subject', 'consumer', 'request_id'];
/** BEHAVIOUR.md G1: never in a log, whatever the document says. */
const alwaysRedacted = [
  'header.authorization',
  'header.cookie',
  'header.set-cookie',
  'header.x-api-key',
  'query.access_token',
];

/** The access log: what the document lists is added to the redacted names, and so is every place of a credential. */
export function readAccessLog(
  block: RootBlock['logging'],
  authenticators: readonly Authenticator[],
  schemes: readonly SecurityScheme[],
  at: Origin,
  report: Report,
): AccessLog {
  const access = block?.value.access?.value;
  const redact = new Set(alwaysRedacted);
  for (const scheme of schemes) {
    if (scheme.place?.in === 'header') redact.add(`header.${scheme.place.name.toLowerCase()}`);
    if (scheme.place?.in === 'query') redact.add(`query.${scheme.place.name}`);
  }
  for (const place of authenticators.flatMap(({ from }) => from.value)) {
    if (place.kind === 'header') redact.add(`header.${place.name.toLowerCase()}`);
    if (place.kind === 'query') redact.add(`query.${place.name}`);
  }
  for (const one of access?.redact?.value ?? []) redact.add(one.value);
  for (const field of access?.fields?.value ?? []) {
    if (redact.has(field.value)) report(diagnostic(redactedField, field.at, { field: field.value }));
  }
  const fields = access?.fields;
  return {
    fields:
      fields === undefined
        ? { value: defaultFields, at }
        : { value: fields.value.map(({ value }) => value), at: fields.at },
    redact: [...redact].sort(),
    format: { value: 'json', at },
    sink: undefined,
    sample: { value: 1, at },
  };
}
