import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type {
  Gateway,
  GatewayFeatures,
  Operation,
  OperationFeatures,
  TargetSettings,
} from '../model/gateway.ts';
import type { Origin } from '../model/origin.ts';

/** One file of a target's output; the path is relative to the target's folder, with forward slashes. */
export interface Artifact {
  readonly path: string;
  readonly contents: string;
  /** The same layout with a neutral word in place of every value: its structure is what was meant. Not written. */
  readonly layout?: string;
  /** Files that a person or a start script runs. */
  readonly executable?: true;
}

/**
 * What a target can do with one asked-for feature. `exact`: behaves as BEHAVIOUR.md says. `approximate`: emitted, but
 * the difference is observable. `unsupported`: cannot be emitted; `instead` says the nearest thing that works.
 */
export type Outcome<Part> =
  | {
      readonly kind: 'exact';
      readonly part: Part;
      /** What holds with a remark that no waiver is needed for; said once for a gateway. Completes "…: <remark>." */
      readonly remark?: string;
    }
  | { readonly kind: 'approximate'; readonly part: Part; readonly difference: string }
  | {
      readonly kind: 'unsupported';
      readonly reason: string;
      readonly instead: string | undefined;
      /** The part of the feature that is not expressible, where it is not the whole. */
      readonly at?: Origin;
    };

/** Where a lowering stands. */
export interface OperationScope {
  readonly gateway: Gateway;
  readonly operation: Operation;
}

/** How one feature is lowered. `support` and `note` are one cell of the support matrix that `gwc targets` prints. */
export interface Lowering<Asked, Scope, Part> {
  readonly support: 'full' | 'partial' | 'none';
  readonly note: string;
  readonly lower: (asked: Asked, scope: Scope) => Outcome<Part>;
}

export type OperationFeature = keyof OperationFeatures;
export type GatewayFeature = keyof GatewayFeatures;
export type Feature = OperationFeature | GatewayFeature;

/** A target answers for every feature: a missing entry does not compile. `Parts` types what each lowering yields. */
export type OperationTable<Parts extends { readonly [F in OperationFeature]: unknown }> = {
  readonly [F in OperationFeature]: Lowering<NonNullable<OperationFeatures[F]>, OperationScope, Parts[F]>;
};
export type GatewayTable<Parts extends { readonly [F in GatewayFeature]: unknown }> = {
  readonly [F in GatewayFeature]: Lowering<GatewayFeatures[F], Gateway, Parts[F]>;
};

/** A feature that was not asked for, or whose lowering failed (the build then fails), has no part. */
export type LoweredOperation<Parts> = { readonly [F in keyof Parts]: Parts[F] | undefined };

export interface Lowered<OperationParts, GatewayParts> {
  readonly gateway: { readonly [F in keyof GatewayParts]: GatewayParts[F] | undefined };
  readonly of: (operation: Operation) => LoweredOperation<OperationParts>;
}

/**
 * Strict: a guard whose weakening is an attack; anything but exact is an error. Elastic: unsupported is an error,
 * approximate a warning, both waivable by `targets.<t>.accept`. Setting: as elastic (DESIGN.md §2).
 */
export type FeatureClass = 'strict' | 'elastic' | 'setting';

export const featureClasses: { readonly [F in Feature]: FeatureClass } = {
  authentication: 'strict',
  authorization: 'strict',
  ipAccess: 'strict',
  clientCertificate: 'strict',
  limits: 'elastic',
  validation: 'strict',
  waf: 'strict',
  bodySize: 'elastic',
  backend: 'strict',
  canary: 'setting',
  timeout: 'setting',
  retry: 'setting',
  cache: 'setting',
  cors: 'setting',
  login: 'strict',
  requestHeaders: 'setting',
  requestQuery: 'setting',
  responseHeaders: 'setting',
  mock: 'setting',
  lifecycle: 'setting',
  websocket: 'setting',
  pathCharacters: 'strict',
  exposure: 'strict',
  relaxed: 'setting',
  tls: 'strict',
  trustedProxies: 'strict',
  geo: 'strict',
  plans: 'elastic',
  accessLog: 'setting',
  audit: 'setting',
  tracing: 'setting',
  metrics: 'setting',
  backends: 'strict',
};

/** What `accept` may name besides features: a credential in the query of a request (LANGUAGE.md §7). */
export const queryCredential = 'query-credential';

export interface Target<
  OperationParts extends { readonly [F in OperationFeature]: unknown },
  GatewayParts extends { readonly [F in GatewayFeature]: unknown },
> {
  readonly name: keyof TargetSettings;
  readonly title: string;
  readonly operationFeatures: OperationTable<OperationParts>;
  readonly gatewayFeatures: GatewayTable<GatewayParts>;
  /** What settings of the target and limits of the product say about a gateway, beside its features. */
  readonly check?: (gateway: Gateway) => readonly Diagnostic[];
  /** Pure; called only when negotiation raised no error. */
  readonly emit: (gateway: Gateway, lowered: Lowered<OperationParts, GatewayParts>) => readonly Artifact[];
  /**
   * Reads the emitted text back with a parser that shares no code with the printer and compares its structure with
   * what was meant. Returns one sentence for each difference; a difference is a bug in gwc.
   */
  readonly reparse: (gateway: Gateway, artifacts: readonly Artifact[]) => readonly string[];
}
