import type { BackendCredentials } from '../model/gateway.ts';

/** What reached the gateway: one request, byte for byte, on one listener. */
export interface Arrival {
  /** `internal` is the listener of `expose: internal` operations. */
  readonly listener: 'http' | 'https' | 'internal';
  /** Port that the client connected to, to choose the site of a host with several. */
  readonly port: number;
  /** TLS server name indication, on `https`. */
  readonly serverName: string | undefined;
  /** Peer address in text form. */
  readonly peer: string;
  /** Request line, headers and body as sent. */
  readonly bytes: Uint8Array;
}

/** Everything outside the request and the model that an answer may depend on. */
export interface World {
  /** Unix time in seconds. */
  readonly now: number;
  /** Token buckets by key; `decide` reads and replaces them. Absent: nothing is limited. */
  readonly buckets?: Map<string, { tokens: number; at: number }>;
}

/** What must be observed. */
export interface Decision {
  /** Undefined when the request is forwarded: the status is then the back end's. */
  readonly status: number | undefined;
  /** Other statuses that BEHAVIOUR.md allows as well. */
  readonly alsoAllowed: readonly number[];
  /** Slug of `urn:gwc:<slug>` of a gateway-made answer. */
  readonly problem: string | undefined;
  /** Headers that the gateway itself must send with this answer. */
  readonly headers: readonly (readonly [string, string])[];
  readonly forwarded: Forwarded | undefined;
  /** Operation id, when a route and method were found. */
  readonly operation: string | undefined;
  /** Stable reason code for the log and for `explain`. */
  readonly reason: string;
}

/** What the back end must receive. */
export interface Forwarded {
  readonly backend: string;
  readonly method: string;
  readonly target: string;
  /** Headers with exactly this value, exactly once. */
  readonly headers: readonly (readonly [string, string])[];
  /** Headers that must be absent (lower case). */
  readonly absent: readonly string[];
  /** A header that the gateway adds from a secret; nothing is forwarded without it. */
  readonly credentials: BackendCredentials | undefined;
}
