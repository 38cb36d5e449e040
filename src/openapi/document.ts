import type { Method } from '../model/gateway.ts';
import type { Origin, Sourced } from '../model/origin.ts';
import type { Node } from '../source/node.ts';

/** An OpenAPI document of any version, reduced to what a gateway reads. Differences between versions end here. */
export interface ApiDocument {
  readonly file: string;
  readonly at: Origin;
  readonly openapi: '2.0' | '3.0' | '3.1' | '3.2';
  readonly title: string;
  readonly version: string;
  /** Root `x-gateway`, `$ref` already followed. */
  readonly gateway: Node | undefined;
  /** Root servers in order (2.0: one for each scheme of host + basePath, https first). Empty when none is declared. */
  readonly servers: readonly Server[];
  /** `undefined` is absent, which is not the same as an empty list. */
  readonly security: Sourced<readonly SecurityRequirement[]> | undefined;
  readonly schemes: ReadonlyMap<string, SecurityScheme>;
  /** Document order. */
  readonly paths: readonly PathItem[];
}

/** A server URL as written. */
export interface Server {
  readonly url: string;
  /** Defaults of the variables. */
  readonly variables: ReadonlyMap<string, string>;
  /** What an `enum` allows, by variable. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
  readonly at: Origin;
}

/** One alternative: every scheme must hold. `{}` is an empty list. */
export interface SecurityRequirement {
  readonly schemes: readonly {
    readonly name: string;
    readonly scopes: readonly string[];
    readonly at: Origin;
  }[];
  readonly at: Origin;
}

export interface SecurityScheme {
  readonly name: string;
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS';
  /** Lower case, for `http` only. */
  readonly scheme: string | undefined;
  /** For `apiKey` only. */
  readonly place: { readonly in: 'header' | 'query' | 'cookie'; readonly name: string } | undefined;
  /** First `authorizationUrl` of the flows. */
  readonly authorizationUrl: Sourced<string> | undefined;
  readonly openIdConnectUrl: Sourced<string> | undefined;
  /** Declared scopes of all flows; undefined where the type does not declare any. */
  readonly scopes: ReadonlySet<string> | undefined;
  readonly at: Origin;
}

export interface PathItem {
  /** The key under `paths`, as written. */
  readonly template: string;
  /** Place of the key under `paths`, also when the item itself is a `$ref`. */
  readonly at: Origin;
  readonly gateway: Node | undefined;
  readonly servers: readonly Server[] | undefined;
  readonly operations: readonly OperationItem[];
}

export interface OperationItem {
  /** Upper case for the fixed fields; as written under `additionalOperations`. */
  readonly method: Method;
  readonly operationId: Sourced<string> | undefined;
  readonly at: Origin;
  readonly gateway: Node | undefined;
  readonly servers: readonly Server[] | undefined;
  readonly security: Sourced<readonly SecurityRequirement[]> | undefined;
  /** Names of `in: path` parameters, those of the path item included. */
  readonly pathParameters: readonly Sourced<string>[];
  readonly deprecated: boolean;
}
