import type { Gateway } from '../../../model/gateway.ts';
import type { LogField } from '../../../model/observation.ts';
import { needsWebAcl } from '../web-acl/needed.ts';

/** How the access log of API Gateway shows a field of the document. */
export interface ShownField {
  /** Text with `$context` variables (API Gateway Developer Guide, "Variables for access logging for API Gateway"). */
  readonly text: string;
  /** How it differs from the same field of other targets. */
  readonly difference?: string;
}

/**
 * `undefined`: no access log holds it. There are no variables for headers and the query; and values are written as they
 * are, not escaped, so that a client could write members of its own into the line by what stands in User-Agent.
 */
export function shownField(field: LogField, gateway: Gateway): ShownField | undefined {
  if (field === 'path' && !hasCanonicalPaths(gateway)) return undefined;
  return Object.hasOwn(shown, field) ? shown[field] : undefined;
}

/** Whether something in front refuses paths with quotation marks and backslashes. */
export function hasCanonicalPaths(gateway: Gateway): boolean {
  return needsWebAcl(gateway);
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
  bytes_out: { text: '$context.responseLength', difference: 'bytes_out counts the body only' },
  upstream_status: { text: '$context.integration.status' },
  upstream_latency: {
    text: '$context.integration.latency',
    difference: 'upstream_latency is in milliseconds',
  },
  tls: { text: '$context.tlsVersion' },
  reason: { text: '$context.authorizer.reason' },
};
