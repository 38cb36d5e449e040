import type { Authentication, ClientCertificateMode } from '../../../model/authentication.ts';
import type {
  AccessLog,
  Backend,
  BackendChoice,
  Bytes,
  HeaderChanges,
  IpAccess,
  LoginTrigger,
  Milliseconds,
  RateLimit,
  Tls,
} from '../../../model/gateway.ts';
import type { PathCharacters } from '../../../model/path.ts';
import type { IpRange } from '../../../model/policy.ts';

/** What each lowering of an operation's feature yields: the asked-for value, once nginx is known to hold it. */
export type OperationParts = {
  readonly authentication: Authentication;
  readonly authorization: true;
  readonly ipAccess: IpAccess;
  readonly clientCertificate: ClientCertificateMode;
  readonly limits: readonly RateLimit[];
  readonly bodySize: Bytes;
  readonly backend: BackendChoice;
  readonly timeout: Milliseconds;
  readonly login: LoginTrigger;
  readonly requestHeaders: HeaderChanges;
  readonly responseHeaders: HeaderChanges;
  readonly pathCharacters: PathCharacters;
  readonly exposure: 'public' | 'internal';
  readonly relaxed: true;
};

export type GatewayParts = {
  readonly tls: Tls;
  readonly trustedProxies: readonly IpRange[];
  readonly accessLog: AccessLog;
  readonly backends: readonly Backend[];
};
