import type { Authentication, ClientCertificateMode } from '../../../model/authentication.ts';
import type { Backend, Milliseconds } from '../../../model/backend.ts';
import type { BackendChoice, Bytes, HeaderChanges, LoginTrigger, Tls } from '../../../model/gateway.ts';
import type { Geo, Validation, Waf, WafMode } from '../../../model/inspection.ts';
import type { AccessLog, Audit, Metrics } from '../../../model/observation.ts';
import type { PathCharacters } from '../../../model/path.ts';
import type { IpRange } from '../../../model/policy.ts';
import type {
  Cors,
  Lifecycle,
  Mock,
  Plan,
  QueryChanges,
  ResponseCache,
  Retry,
} from '../../../model/traffic.ts';
import type { IpAccessPart } from './ip-access.ts';
import type { LimitsPart } from './limits.ts';
import type { TracingPart } from './observation.ts';

/** What each lowering of an operation's feature yields: the asked-for value, once API Gateway is known to hold it. */
export type OperationParts = {
  readonly authentication: Authentication;
  readonly authorization: true;
  readonly ipAccess: IpAccessPart;
  readonly clientCertificate: ClientCertificateMode;
  readonly limits: LimitsPart;
  readonly validation: Validation;
  readonly waf: WafMode;
  readonly bodySize: Bytes;
  readonly backend: BackendChoice;
  readonly canary: never;
  readonly timeout: Milliseconds;
  readonly retry: Retry;
  readonly cache: ResponseCache;
  readonly cors: Cors;
  readonly login: LoginTrigger;
  readonly requestHeaders: HeaderChanges;
  readonly requestQuery: QueryChanges;
  readonly responseHeaders: HeaderChanges;
  readonly mock: Mock;
  readonly lifecycle: Lifecycle;
  readonly websocket: never;
  readonly pathCharacters: PathCharacters;
  readonly exposure: 'public' | 'internal';
  readonly relaxed: true;
};

export type GatewayParts = {
  readonly tls: Tls;
  readonly trustedProxies: readonly IpRange[];
  readonly geo: Geo | undefined;
  readonly waf: Waf | undefined;
  readonly plans: readonly Plan[];
  readonly accessLog: AccessLog;
  readonly audit: Audit;
  readonly tracing: TracingPart;
  readonly metrics: Metrics | undefined;
  readonly backends: readonly Backend[];
};
