import type {
  Authentication,
  Authenticator,
  ClientCertificateMode,
  ClientCertificates,
  Consumer,
} from './authentication.ts';
import type { Backend, CertificatePair, Milliseconds } from './backend.ts';
import type { Geo, NamedSchema, Validation, Waf, WafMode } from './inspection.ts';
import type { AccessLog, Audit, Metrics, Tracing } from './observation.ts';
import type { Origin, Sourced } from './origin.ts';
import type { PathCharacters, Segment, UpstreamTarget } from './path.ts';
import type { Expression, IpRange } from './policy.ts';
import type {
  Cors,
  Lifecycle,
  Mock,
  Plan,
  QueryChanges,
  RateLimit,
  ResponseCache,
  Retry,
  WeightedBackend,
} from './traffic.ts';

/**
 * The neutral model of one gateway: what the documents ask for, in no target's words. Every list is in a defined
 * order, so that equal documents give equal models.
 */
export interface Gateway extends GatewayFeatures {
  readonly name: string;
  readonly documents: readonly DocumentSummary[];
  /** The environment that was applied, if any. */
  readonly environment: string | undefined;
  /** Groups of hosts with their routes, in document order. */
  readonly sites: readonly Site[];
  readonly authenticators: readonly Authenticator[];
  /** In the order of names. */
  readonly consumers: readonly Consumer[];
  /** Schemas that those of operations refer to, in the order of names. */
  readonly schemas: readonly NamedSchema[];
  readonly secrets: readonly Secret[];
  /** Header names (as written) that some authenticator or `tls.clientCertificate.forward` sets; inbound copies are removed on every operation. */
  readonly ownedHeaders: readonly string[];
  readonly targets: TargetSettings;
  /** Targets that `x-gateway.targets` names; none of them means every one. */
  readonly namedTargets: readonly (keyof TargetSettings)[];
}

interface DocumentSummary {
  readonly file: string;
  readonly title: string;
  readonly version: string;
}

/** Hosts that serve the same routes under the same base path. */
export interface Site {
  readonly hosts: readonly Host[];
  /** In precedence order: the first route that matches a path is the one that serves it (BEHAVIOUR.md §2.2b). */
  readonly routes: readonly Route[];
}

export interface Host {
  /** Lower case, without port or trailing dot; an IPv6 literal keeps its brackets. */
  readonly name: string;
  readonly port: number;
  readonly scheme: 'http' | 'https';
  readonly at: Origin;
}

/** One path template with its operations, at most one a method. */
export interface Route {
  /** Unique in the gateway, `[a-z0-9-]`, stable under edits of other routes. */
  readonly id: string;
  /** The template as written, for people. */
  readonly template: string;
  /** The whole path, base path included. */
  readonly segments: readonly Segment[];
  /** How many leading segments are the base path; they are not forwarded. */
  readonly baseSegments: number;
  readonly operations: readonly Operation[];
  readonly at: Origin;
}

/** An HTTP method token (RFC 9110 §9.1), as it appears on the request line. HEAD appears only where declared. */
export type Method = string;

export interface Operation {
  /** Unique in the gateway: the operationId, or one made from method and template. Appears in logs as `route`. */
  readonly id: string;
  readonly method: Method;
  readonly at: Origin;
  readonly features: OperationFeatures;
  /** What the operation and its path accept that targets do differently; they win over those of the gateway. */
  readonly waivers: readonly Waiver[];
}

/** `targets.<target>.accept`: a feature that a target may lack, with the reason (LANGUAGE.md §7). */
export interface Waiver {
  readonly target: keyof TargetSettings;
  readonly feature: string;
  readonly reason: string;
  readonly at: Origin;
}

/**
 * What an operation may ask for. Each key is negotiated: a target answers for every one of them
 * (`targets/target.ts`), so a key added here does not compile until each target says what it does with it.
 * A key that is `undefined` was not asked for.
 */
export interface OperationFeatures {
  readonly authentication: Sourced<Authentication>;
  /** Conjunction of every level; each conjunct keeps its origin. */
  readonly authorization: readonly Sourced<Expression>[] | undefined;
  readonly ipAccess: Sourced<IpAccess> | undefined;
  /** Strictest of all levels; `undefined` is `none`. `require` answers 403 to a connection without a verified certificate. */
  readonly clientCertificate: Sourced<ClientCertificateMode> | undefined;
  readonly limits: readonly Sourced<RateLimit>[] | undefined;
  readonly validation: Sourced<Validation> | undefined;
  /** How requests are inspected; `undefined` is not at all. */
  readonly waf: Sourced<WafMode> | undefined;
  readonly bodySize: Sourced<Bytes>;
  readonly backend: Sourced<BackendChoice>;
  /** Back ends that requests are divided over; the heaviest of them is the one that `backend` names. */
  readonly canary: Sourced<readonly WeightedBackend[]> | undefined;
  readonly timeout: Sourced<Milliseconds>;
  /** `undefined`: one more node after a failed connect, nothing else. */
  readonly retry: Sourced<Retry> | undefined;
  readonly cache: Sourced<ResponseCache> | undefined;
  readonly cors: Sourced<Cors> | undefined;
  readonly login: Sourced<LoginTrigger> | undefined;
  readonly requestHeaders: Sourced<HeaderChanges> | undefined;
  readonly requestQuery: Sourced<QueryChanges> | undefined;
  readonly responseHeaders: Sourced<HeaderChanges> | undefined;
  readonly mock: Sourced<Mock> | undefined;
  readonly lifecycle: Sourced<Lifecycle> | undefined;
  /** The back end may answer with 101 to the opening handshake of RFC 6455. */
  readonly websocket: Sourced<true> | undefined;
  readonly pathCharacters: Sourced<PathCharacters> | undefined;
  /** `internal`: answered on the internal listener only; elsewhere as if undeclared. `none` never reaches the model. */
  readonly exposure: Sourced<'public' | 'internal'>;
  /** Each `relax` that took effect, for explain, lint and diff. Targets do nothing with it. */
  readonly relaxed: readonly Sourced<Relaxation>[] | undefined;
}

/** What a gateway as a whole may ask for; negotiated like operations' features. */
export interface GatewayFeatures {
  readonly tls: Tls;
  readonly trustedProxies: readonly Sourced<IpRange>[];
  readonly geo: Sourced<Geo> | undefined;
  readonly waf: Sourced<Waf> | undefined;
  /** In the order of names. */
  readonly plans: readonly Plan[];
  readonly accessLog: AccessLog;
  readonly audit: Sourced<Audit>;
  readonly tracing: Sourced<Tracing> | undefined;
  readonly metrics: Sourced<Metrics> | undefined;
  readonly backends: readonly Backend[];
}

/** Plain number of bytes. */
export type Bytes = number;

export interface BackendChoice {
  readonly backend: string;
  readonly target: UpstreamTarget;
}

/** Allow lists intersect (each must hold), deny lists unite. */
export interface IpAccess {
  readonly allow: readonly (readonly IpRange[])[];
  readonly deny: readonly IpRange[];
}

export type LoginTrigger = 'never' | 'browser' | 'always';

/** Header names as written, compared without case; values are constants. Order: remove, set, add. */
export interface HeaderChanges {
  readonly set: readonly HeaderValue[];
  readonly add: readonly HeaderValue[];
  readonly remove: readonly string[];
}
interface HeaderValue {
  readonly name: string;
  readonly value: string;
}

export interface Relaxation {
  readonly guard: string;
  readonly reason: string;
}

/** Secret material never enters the model: names and places only. */
export interface Secret {
  readonly name: string;
  readonly sources: readonly SecretSource[];
  readonly at: Origin;
}
export interface SecretSource {
  readonly kind: 'env' | 'file' | 'ssm' | 'secretsManager' | 'vault';
  readonly value: string;
}

export interface Tls {
  /** `upstream`: a trusted load balancer ends TLS. */
  readonly termination: Sourced<'here' | 'upstream'>;
  /** Each target takes the first that it can; `undefined`: the target's default place, `tls/<host>.crt` and `.key`. */
  readonly certificate: Sourced<FrontCertificate> | undefined;
  readonly minVersion: Sourced<'1.2' | '1.3'>;
  /** Seconds; 0 sends `max-age=0`. */
  readonly hstsSeconds: Sourced<number>;
  readonly redirectHttp: Sourced<boolean>;
  readonly clientCertificate: Sourced<ClientCertificates> | undefined;
}

/** At least one of the three. */
interface FrontCertificate {
  readonly files: CertificatePair | undefined;
  /** ARN of a certificate of AWS Certificate Manager. */
  readonly acm: string | undefined;
  /** From an authority that speaks ACME (RFC 8555). */
  readonly acme: Acme | undefined;
}
interface Acme {
  /** URL of the authority's directory. */
  readonly directory: string;
  /** Whom the authority may write to. */
  readonly email: string | undefined;
}

/** Closed, typed settings of each target; `undefined` fields take the target's default. */
export interface TargetSettings {
  readonly nginx: NginxSettings;
  readonly aws: AwsSettings;
}
/** `targets.aws`: what only Amazon API Gateway and the services around it have. */
export interface AwsSettings {
  /** `rest`: REST API (v1), the default. `http`: HTTP API (v2). `auto`: the smaller of both that is exact. */
  readonly api: Sourced<'rest' | 'http' | 'auto'>;
  readonly endpoint: Sourced<'regional' | 'edge' | 'private'>;
  /** What stands in front: nothing, or a CloudFront distribution with the path profile and redirects of people. */
  readonly edge: Sourced<'none' | 'cloudfront'>;
  /** Name of the stage; default: the environment's, else `live`. */
  readonly stage: Sourced<string> | undefined;
  /** `native`: API Gateway's own JWT authorizer, where it is exact. */
  readonly authorizer: Sourced<'lambda' | 'native'>;
  readonly format: Sourced<'cloudformation' | 'terraform'>;
  /** Where private back ends are; the ids and ARNs are parameters of the template where they are not stated. */
  readonly vpc:
    | Sourced<{
        readonly subnets: readonly string[];
        readonly securityGroups: readonly string[];
        /** ARN of the load balancer that answers for private back ends. */
        readonly loadBalancer: string;
      }>
    | undefined;
  /** Id of the Route 53 zone of the front door's hosts; without it nobody writes DNS records. */
  readonly hostedZone: Sourced<string> | undefined;
  /** Days that logs are kept: one of those that CloudWatch Logs knows. */
  readonly logRetentionDays: Sourced<number>;
  /** Size in GB of the stage's cache, where an operation asks for one. */
  readonly cacheSize: Sourced<string>;
  /** Keep models of requests and responses, which SDKs are generated from. */
  readonly sdk: Sourced<boolean>;
  /** Into how many REST APIs the paths may be divided: one, or one for each first segment below the base path. */
  readonly split: Sourced<'none' | 'first-segment'>;
  /** Waivers of the whole gateway. */
  readonly accept: readonly Waiver[];
}
export interface NginxSettings {
  /** `major.minor`, default '1.22'. */
  readonly version: Sourced<string>;
  readonly user: Sourced<string> | undefined;
  /** `auto` or a count. */
  readonly workers: Sourced<number | 'auto'>;
  readonly paths: {
    /** Folder of dynamic modules. */
    readonly modules: Sourced<string> | undefined;
    /** CA bundle for back ends without their own. */
    readonly certificates: Sourced<string> | undefined;
    /** Folder for cached decisions; should be a tmpfs. */
    readonly cache: Sourced<string> | undefined;
  };
  readonly resolver: Sourced<readonly string[]> | undefined;
  readonly listen: {
    /** Port for plain HTTP; default the servers' own, 80 for redirects. */
    readonly http: Sourced<number> | undefined;
    /** Port for TLS; default the servers' own. */
    readonly https: Sourced<number> | undefined;
    /** Where operations with `expose: internal` are served; none by default. */
    readonly internal: Sourced<{ readonly address: string; readonly port: number }> | undefined;
    /** Loopback port of the gateway's own token verifier. */
    readonly verifier: Sourced<number> | undefined;
  };
  readonly errorLog: Sourced<'crit' | 'error' | 'warn' | 'notice' | 'info'> | undefined;
  /** Waivers of the whole gateway. */
  readonly accept: readonly Waiver[];
}
