import type { Origin, Sourced } from './origin.ts';
import type { ClaimPath } from './policy.ts';

/**
 * At most `burst` requests at once (at least 1), refilled at `count` per `period` (a token bucket; the operation's
 * share of one request is 1). `bucket` names the counter: every operation with the same bucket shares it.
 */
export interface RateLimit {
  readonly count: number;
  readonly period: Period;
  readonly burst: number;
  readonly per: CountedBy;
  /** `node`: each instance of the gateway counts for itself. `cluster`: all instances count together. */
  readonly scope: 'node' | 'cluster';
  readonly bucket: string;
}
/** A month counts as 30 days. */
type Period = 's' | 'm' | 'h' | 'd' | 'w' | 'mo';

/**
 * Whom or what one counter of a limit is for. A request without the value (anonymous, no consumer, no such claim or
 * header) is counted by the client address instead (BEHAVIOUR.md L2): leaving a value out opens nothing.
 */
export type CountedBy =
  | { readonly kind: 'ip' }
  /** All callers together. */
  | { readonly kind: 'all' }
  /** All callers together, each operation for itself, also where several inherit the limit. */
  | { readonly kind: 'operation' }
  /** The consumer of an API key. Known after authentication, as claims are. */
  | { readonly kind: 'consumer' }
  | { readonly kind: 'claim'; readonly claim: ClaimPath }
  /** Lower case. */
  | { readonly kind: 'header'; readonly name: string };

/** `plans.<name>`: what consumers of the plan may ask for, over all operations, besides the operations' own limits. */
export interface Plan {
  readonly name: string;
  readonly limits: readonly Sourced<RateLimit>[];
  /** Requests of one consumer per calendar period; unlike a limit it must survive a restart (BEHAVIOUR.md L6). */
  readonly quota: Sourced<Quota> | undefined;
  readonly at: Origin;
}
export interface Quota {
  readonly count: number;
  readonly period: Period;
}

/** How often one request may be sent to the back end again, and after what. 0 attempts: never. */
export interface Retry {
  readonly attempts: number;
  /** Without repetitions. `connect`: no connection was made. `timeout`: no answer in time. Numbers: such an answer. */
  readonly on: readonly RetryReason[];
}
type RetryReason = 'connect' | 'timeout' | 502 | 503 | 504;

/** Answers of the back end to GET and HEAD that the gateway may give again. */
export interface ResponseCache {
  readonly ttlSeconds: number;
  /** What besides method, host and path tells answers apart; queries that are not named do not. */
  readonly key: readonly CacheKeyPart[];
  /** `subject`: each identity has its own answers. Authenticated operations have no other (LANGUAGE.md §10). */
  readonly per: 'shared' | 'subject';
}
type CacheKeyPart =
  | { readonly kind: 'query'; readonly name: string }
  /** Lower case. */
  | { readonly kind: 'header'; readonly name: string };

/**
 * Which pages of other origins may call the operation (the Fetch standard's CORS protocol). A preflight request is
 * answered by the gateway, before authentication (BEHAVIOUR.md C1); a declared OPTIONS operation wins.
 */
export interface Cors {
  /** Serialized origins, compared character by character; `*` stands alone and never with credentials. */
  readonly origins: readonly string[];
  /** Stated methods, else those of the path: those with the same origins that the preflight may be about. */
  readonly methods: readonly string[];
  /** Request headers that pages may send, as written. */
  readonly headers: readonly string[];
  /** Response headers that pages may read, as written. */
  readonly expose: readonly string[];
  readonly credentials: boolean;
  /** How long a browser may keep the answer to a preflight; `undefined` is the browser's own default. */
  readonly maxAgeSeconds: number | undefined;
}

/** Changes of the query string towards the back end; names and values are plain text, not percent-encoded. */
export interface QueryChanges {
  readonly set: readonly { readonly name: string; readonly value: string }[];
  readonly remove: readonly string[];
}

/** A constant answer in place of a back end's: after every guard, as a back end would be asked. */
export interface Mock {
  readonly status: number;
  /** `undefined` is an answer without content. */
  readonly body: { readonly mediaType: string; readonly text: string } | undefined;
}

/** What an operation's responses say about its end. */
export interface Lifecycle {
  readonly deprecated: boolean;
  /** `YYYY-MM-DD`, the day from whose beginning (UTC) the operation may be gone. */
  readonly sunset: string | undefined;
  /** The response headers that say it (RFC 9745, RFC 8594), ready to send. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** One of several back ends that requests are divided over; weights are relative, 0 receives nothing. */
export interface WeightedBackend {
  readonly backend: string;
  readonly weight: number;
}
