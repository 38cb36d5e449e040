import type { RestApi } from './api.ts';
import type { Json, JsonRecord } from './json.ts';

/** One API on its stage. */
export interface Deployed {
  readonly api: RestApi;
  readonly stage: Stage;
}

export interface Stage {
  readonly name: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly methodSettings: readonly MethodSetting[];
  /** The format of lines of the access log, where there is one. */
  readonly accessLogFormat: string | undefined;
  /** Rules of the web ACL that is associated. */
  readonly webAcl: WebAcl | undefined;
}

export interface MethodSetting {
  readonly httpMethod: string;
  /** `/*`, or a path with `~1` for `/`. */
  readonly resourcePath: string;
  readonly rateLimit: number | undefined;
  readonly burstLimit: number | undefined;
}

export interface WebAcl {
  readonly defaultAction: JsonRecord;
  readonly rules: readonly JsonRecord[];
  readonly customBodies: JsonRecord;
  /** Addresses of IP sets and expressions of pattern sets, by ARN. */
  readonly sets: ReadonlyMap<string, readonly string[]>;
}

/** A plan and the keys of it (AWS::ApiGateway::UsagePlan, UsagePlanKey, ApiKey). */
export interface UsagePlan {
  readonly stages: readonly PlanStage[];
  readonly keys: readonly PlanKey[];
  readonly throttle: Throttle | undefined;
  readonly quota: { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' } | undefined;
}

interface PlanStage {
  readonly apiId: string;
  readonly stage: string;
  /** By `<path>/<METHOD>`. */
  readonly throttles: ReadonlyMap<string, Throttle>;
}

interface PlanKey {
  readonly id: string;
  readonly value: string;
}

export interface Throttle {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** A path mapping of a custom domain. */
export interface Mapping {
  /** `v1/orders`; empty for every path. */
  readonly key: string;
  readonly deployed: Deployed;
}

export interface Domain {
  readonly name: string;
  readonly mappings: readonly Mapping[];
  readonly mutualTls: boolean;
}

export interface LambdaFunction {
  readonly arn: string;
  readonly files: ReadonlyMap<string, string>;
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** ARNs from which API Gateway may call it (AWS::Lambda::Permission). */
  readonly callers: readonly string[];
}

export interface LoadedStack {
  readonly domains: readonly Domain[];
  readonly deployed: readonly Deployed[];
  readonly usagePlans: readonly UsagePlan[];
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly outputs: ReadonlyMap<string, Json>;
}
