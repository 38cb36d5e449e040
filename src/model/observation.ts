import type { Sourced } from './origin.ts';

export interface AccessLog {
  readonly fields: Sourced<readonly LogField[]>;
  /** `header.<lower-case name>` and `query.<name>` that never appear, built-in ones included. */
  readonly redact: readonly string[];
  /** `json`: one object a line. `combined`: the format of that name of Apache httpd, without redacted parts. */
  readonly format: Sourced<'json' | 'combined'>;
  /** `undefined` is the target's own place. */
  readonly sink: Sourced<LogSink> | undefined;
  /** Which share of requests is logged, more than 0 and at most 1. */
  readonly sample: Sourced<number>;
}
/** Fixed names (LANGUAGE.md §10 and docs/language.md), `header.<name>` or `query.<name>`. */
export type LogField = string;

export type LogSink =
  | { readonly kind: 'stdout' }
  | { readonly kind: 'file'; readonly path: string }
  /** RFC 5424 over UDP. */
  | { readonly kind: 'syslog'; readonly host: string; readonly port: number }
  /** Name of a log group of Amazon CloudWatch Logs. */
  | { readonly kind: 'cloudwatch'; readonly group: string }
  /** ARN of a delivery stream of Amazon Data Firehose. */
  | { readonly kind: 'firehose'; readonly arn: string };

/** Decisions that leave a record of their own (BEHAVIOUR.md G3): time, request id, route, decision, reason, subject. */
export interface Audit {
  readonly events: readonly AuditEvent[];
  /** `undefined` is the target's own place. */
  readonly sink: LogSink | undefined;
}
/** `admin`: changes of the gateway itself. */
export type AuditEvent = 'authn-failure' | 'authz-denial' | 'rate-limited' | 'waf-block' | 'admin';

/** Distributed tracing; without it trace headers of clients pass through unchanged. */
export interface Tracing {
  /** Headers towards back ends: Trace Context of the W3C, or B3 of Zipkin. */
  readonly propagate: 'w3c' | 'b3';
  readonly export: TraceExport | undefined;
  /** Which share of requests is traced, 0 to 1; `undefined` is the target's default. */
  readonly sample: number | undefined;
}
type TraceExport =
  /** OpenTelemetry Protocol over HTTP. */
  { readonly kind: 'otlp'; readonly endpoint: string } | { readonly kind: 'xray' };

export interface Metrics {
  readonly export: 'prometheus' | 'cloudwatch' | 'statsd';
}
