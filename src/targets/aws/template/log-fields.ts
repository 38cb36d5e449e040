import type { LogField } from '../../../model/observation.ts';

/** How the access log of API Gateway shows a field of the document. */
export interface ShownField {
  /** Text with `$context` variables (API Gateway Developer Guide, "Variables for access logging for API Gateway"). */
  readonly text: string;
  /** How it differs from the same field of other targets. */
  readonly difference?: string;
  /** The header whose value it is; redacting the header leaves the field out. */
  readonly header?: string;
}

/** `undefined`: access logs have no variable for it, as for any header and parameter of the query. */
export function shownField(field: LogField): ShownField | undefined {
  return Object.hasOwn(shown, field) ? shown[field] : undefined;
}

/** `$context.authorizer.…` is what the emitted authorizer returns; `-` where no authorizer ran. */
const shown: Readonly<Record<string, ShownField>> = {
  time: { text: '$context.requestTime', difference: 'time is in the Common Log Format' },
  method: { text: '$context.httpMethod' },
  route: {
    text: '$context.httpMethod $context.resourcePath',
    difference: 'route is the method and the path template in place of the name of the operation',
  },
  status: { text: '$context.status' },
  latency: { text: '$context.responseLatency', difference: 'latency is in milliseconds' },
  subject: { text: '$context.authorizer.subject' },
  consumer: { text: '$context.authorizer.consumer' },
  request_id: { text: '$context.requestId' },
  client: { text: '$context.identity.sourceIp' },
  host: { text: '$context.domainName' },
  path: { text: '$context.path' },
  user_agent: { text: '$context.identity.userAgent', header: 'user-agent' },
  bytes_out: { text: '$context.responseLength', difference: 'bytes_out counts the body only' },
  upstream_status: { text: '$context.integration.status' },
  upstream_latency: {
    text: '$context.integration.latency',
    difference: 'upstream_latency is in milliseconds',
  },
  tls: { text: '$context.tlsVersion' },
  reason: { text: '$context.authorizer.reason' },
};
