import type { BackendCredentials } from '../model/backend.ts';
import type { ExternalCall } from '../model/policy.ts';
import type { JsonObject } from '../policy/index.ts';

/** What reached the gateway: one request, byte for byte, on one listener. */
export interface Arrival {
  /** `internal` is the listener of `expose: internal` operations. */
  readonly listener: 'http' | 'https' | 'internal';
  /** Port that the client connected to, to choose the site of a host with several. */
  readonly port: number;
  /** TLS server name indication, on `https`. */
  readonly serverName: string | undefined;
  /** Client certificate of the TLS connection, where the listener asked for one and the client sent one. */
  readonly certificate?: ClientCertificate | undefined;
  /** Peer address in text form. */
  readonly peer: string;
  /** Request line, headers and body as sent. */
  readonly bytes: Uint8Array;
}

/** A certificate as the listener saw it. Texts are what the TLS library prints. */
export interface ClientCertificate {
  /** Against the listener's client CA, dates included. */
  readonly verified: 'success' | 'failed';
  /** RFC 4514. */
  readonly subject: string;
  /** RFC 4514. */
  readonly issuer: string;
  /** Hexadecimal digits. */
  readonly serial: string;
  readonly pem: string;
}

/** Everything outside the request and the model that an answer may depend on. */
export interface World extends Services {
  /** Unix time in seconds. */
  readonly now: number;
  /** Token buckets by key; `decide` reads and replaces them. Absent: nothing is limited. */
  readonly buckets?: Map<string, { tokens: number; at: number }>;
}

/** What the gateway asks at run time. A service that is absent is one that does not answer. */
export interface Services {
  /** Contents of secrets by name, as the file or variable holds them. */
  readonly secrets?: ReadonlyMap<string, string>;
  /**
   * The newest key set (RFC 7517 §5) that was fetched for the URL of a key source, for `discovery` the one behind the
   * provider's configuration. Undefined where there is none, or none younger than 24 hours.
   */
  readonly keySet?: (url: string) => string | undefined;
  /** The answer to an introspection request (RFC 7662 §2.2). */
  readonly introspect?: (authenticator: string, token: string) => ServiceAnswer | undefined;
  /** Whether the users file of an authenticator has this user with this password; undefined without a file. */
  readonly passwordHolds?: (authenticator: string, user: string, password: string) => boolean | undefined;
  /** What an external authenticator answers about a credential. */
  readonly authenticate?: (authenticator: string, credential: string) => ServiceAnswer | undefined;
  /** What a service of a policy answers when this is posted to it. */
  readonly ask?: (call: ExternalCall, question: JsonObject) => ServiceAnswer | undefined;
}

/** An HTTP answer that came in time; undefined stands for none. */
export interface ServiceAnswer {
  readonly status: number;
  readonly body: string;
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
  /** Log field `subject` of a request that is forwarded for somebody. */
  readonly subject?: string | undefined;
  /** Log field `consumer`. */
  readonly consumer?: string | undefined;
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
