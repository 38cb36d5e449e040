import type { Json, JsonRecord } from './json.ts';

/** One REST API as API Gateway holds it after the import of its document. */
export interface RestApi {
  readonly id: string;
  readonly root: ResourceNode;
  readonly authorizers: ReadonlyMap<string, Authorizer>;
  readonly gatewayResponses: ReadonlyMap<string, ConfiguredResponse>;
  /** JSON Schemas by name, for request validation. */
  readonly models: ReadonlyMap<string, Json>;
  /** The resource policy. */
  readonly policy: JsonRecord | undefined;
  /** Where keys of usage plans are read from. */
  readonly keySource: 'HEADER' | 'AUTHORIZER';
  readonly executeApiDisabled: boolean;
}

/** A node of the tree of path segments. */
export interface ResourceNode {
  readonly path: string;
  readonly literals: Map<string, ResourceNode>;
  variable: { readonly name: string; readonly node: ResourceNode } | undefined;
  greedy: { readonly name: string; readonly node: ResourceNode } | undefined;
  readonly methods: Map<string, Method>;
}

export type Authorization =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'AWS_IAM' }
  | { readonly kind: 'CUSTOM'; readonly authorizer: string }
  | { readonly kind: 'COGNITO'; readonly authorizer: string; readonly scopes: readonly string[] };

export interface Method {
  /** `GET`, or `ANY`. */
  readonly httpMethod: string;
  readonly resourcePath: string;
  readonly operationName: string | undefined;
  readonly authorization: Authorization;
  readonly apiKeyRequired: boolean;
  /** `method.request.<where>.<name>` and whether it is required. */
  readonly requestParameters: ReadonlyMap<string, boolean>;
  readonly validatesBody: boolean;
  readonly validatesParameters: boolean;
  /** Schemas by media type. */
  readonly requestModels: ReadonlyMap<string, Json>;
  readonly integration: Integration;
  /** Headers that may be set, by status. */
  readonly responses: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface Integration {
  readonly type: 'http' | 'http_proxy' | 'aws' | 'aws_proxy' | 'mock';
  readonly httpMethod: string | undefined;
  readonly uri: string | undefined;
  readonly connectionType: 'INTERNET' | 'VPC_LINK';
  readonly requestParameters: ReadonlyMap<string, string>;
  readonly requestTemplates: ReadonlyMap<string, string>;
  readonly passthroughBehavior: 'when_no_match' | 'when_no_templates' | 'never';
  readonly timeoutInMillis: number;
  /** By expression on the status, or `default`. */
  readonly responses: ReadonlyMap<string, IntegrationResponse>;
}

export interface IntegrationResponse {
  readonly statusCode: string;
  readonly responseParameters: ReadonlyMap<string, string>;
  readonly responseTemplates: ReadonlyMap<string, string>;
}

export interface Authorizer {
  readonly name: string;
  readonly type: 'request' | 'token' | 'cognito_user_pools';
  /** ARN of the function. */
  readonly functionArn: string | undefined;
  readonly identitySources: readonly string[];
  readonly ttlSeconds: number;
}

export interface ConfiguredResponse {
  readonly statusCode: string | undefined;
  readonly responseParameters: ReadonlyMap<string, string>;
  readonly responseTemplates: ReadonlyMap<string, string>;
}
