import type { Origin, Sourced } from './origin.ts';

/** `enforce`: what does not conform is answered 400. `log`: it is logged and passed on. */
type ValidationMode = 'enforce' | 'log' | 'off';

/** What of a request and its answer is compared with what the document declares; at least one mode is not `off`. */
export interface Validation {
  readonly params: ValidationMode;
  readonly body: ValidationMode;
  readonly response: 'log' | 'off';
  /** Of the operation and its path; empty where `params` is off. */
  readonly parameters: readonly DeclaredParameter[];
  /** `undefined` where `body` is off or no body is declared. */
  readonly content: DeclaredBody | undefined;
  /** Of every schema in here. */
  readonly dialect: SchemaDialect;
}

export interface DeclaredParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  /** Of the value that the text stands for; `undefined` where none is declared. */
  readonly schema: JsonSchema | undefined;
  readonly format: ParameterFormat;
  readonly at: Origin;
}

/** How arrays and objects become text (OpenAPI `style` and `explode`; `collectionFormat` of 2.0), or `json`: `content`. */
interface ParameterFormat {
  readonly style:
    | 'simple'
    | 'label'
    | 'matrix'
    | 'form'
    | 'space-delimited'
    | 'tab-delimited'
    | 'pipe-delimited'
    | 'deep-object'
    | 'json';
  readonly explode: boolean;
}

interface DeclaredBody {
  readonly required: boolean;
  /** In the order of the document; a media type may be a range (`text/*`). */
  readonly content: readonly { readonly mediaType: string; readonly schema: JsonSchema | undefined }[];
  readonly at: Origin;
}

/** A schema as plain JSON. Every `$ref` in it is `#/schemas/<name>`, the name of one of the gateway's `schemas`. */
export type JsonSchema = boolean | { readonly [keyword: string]: JsonValue };
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/**
 * What keywords mean: those of OpenAPI 2.0 and 3.0 are their own (`nullable`, a boolean `exclusiveMinimum`, siblings of
 * `$ref` without effect), 3.1 and later is JSON Schema 2020-12.
 */
export type SchemaDialect = 'openapi-2.0' | 'openapi-3.0' | 'json-schema-2020-12';

/** A schema that others refer to; it may refer to itself. */
export interface NamedSchema {
  /** `[A-Za-z0-9_.-]`, unique in the gateway. */
  readonly name: string;
  readonly schema: JsonSchema;
  readonly dialect: SchemaDialect;
}

/** `detect` logs what `block` answers with 403. */
export type WafMode = 'block' | 'detect';

/** Which rules inspect requests; present when at least one operation is inspected, whose feature says how. */
export interface Waf {
  /** Of requests that reach no operation. */
  readonly mode: WafMode | 'off';
  readonly rules: readonly WafRules[];
  /** Paranoia level of the OWASP Core Rule Set, 1 to 4. */
  readonly paranoia: number;
  readonly exclude: readonly Sourced<WafExclusion>[];
}
export type WafRules = 'owasp-crs' | 'known-bad-inputs' | 'ip-reputation' | 'anonymous-ip' | 'bots';

/** A rule that is not applied, everywhere (`paths` empty) or below paths of the documents. */
export interface WafExclusion {
  /** Id of a rule of the Core Rule Set, or a name of the target's own rules. */
  readonly rule: string;
  readonly paths: readonly string[];
  readonly reason: string;
}

/** Countries of client addresses, ISO 3166-1 alpha-2, upper case. An empty `allow` allows all that is not denied. */
export interface Geo {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}
