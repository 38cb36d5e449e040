import type { Authentication, ClientCertificateMode } from '../../../model/authentication.ts';
import type { Milliseconds } from '../../../model/backend.ts';
import type {
  BackendChoice,
  Bytes,
  HeaderChanges,
  IpAccess,
  LoginTrigger,
  Tls,
} from '../../../model/gateway.ts';
import type { WafMode } from '../../../model/inspection.ts';
import type { AccessLog } from '../../../model/observation.ts';
import type { PathCharacters } from '../../../model/path.ts';
import type { IpRange } from '../../../model/policy.ts';
import type { Lifecycle, RateLimit } from '../../../model/traffic.ts';
import type { ProxiedBackend } from '../proxied-backend.ts';

/** What each lowering of an operation's feature yields: the asked-for value, once nginx is known to hold it. */
export type OperationParts = {
  readonly authentication: Authentication;
  readonly authorization: true;
  readonly ipAccess: IpAccess;
  readonly clientCertificate: ClientCertificateMode;
  readonly limits: readonly RateLimit[];
  readonly validation: never;
  readonly waf: WafMode;
  readonly bodySize: Bytes;
  readonly backend: BackendChoice;
  readonly canary: never;
  readonly timeout: Milliseconds;
  readonly retry: never;
  readonly cache: never;
  readonly cors: never;
  readonly login: LoginTrigger;
  readonly requestHeaders: HeaderChanges;
  readonly requestQuery: never;
  readonly responseHeaders: HeaderChanges;
  readonly mock: never;
  readonly lifecycle: Lifecycle;
  readonly websocket: never;
  readonly pathCharacters: PathCharacters;
  readonly exposure: 'public' | 'internal';
  readonly relaxed: true;
};

export type GatewayParts = {
  readonly tls: Tls;
  readonly trustedProxies: readonly IpRange[];
  readonly geo: undefined;
  readonly waf: undefined;
  readonly plans: true;
  readonly accessLog: AccessLog;
  readonly audit: undefined;
  readonly tracing: undefined;
  readonly metrics: undefined;
  readonly backends: readonly ProxiedBackend[];
};
