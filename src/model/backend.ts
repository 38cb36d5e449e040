import type { Origin, Sourced } from './origin.ts';

/** What answers for the gateway. Only the kind says whether there is an address: no target takes one for granted. */
export type Backend = HttpBackend | LambdaBackend;

interface AnyBackend {
  readonly name: string;
  /** True demands of every target that it keeps others out: requests that did not pass the gateway must fail. */
  readonly private: Sourced<boolean>;
  readonly at: Origin;
}

export interface HttpBackend extends AnyBackend {
  readonly kind: 'http';
  /** All with one scheme; at least one. */
  readonly nodes: readonly Sourced<BackendNode>[];
  readonly scheme: 'http' | 'https';
  /** Path part of the url without trailing slash, '' when none; canonical raw text. The same for all nodes. */
  readonly basePath: string;
  readonly balance: 'round-robin' | 'least-connections' | 'ip-hash';
  /** `backend`: the Host header is the node's own authority. `client`: the front door's constant host name. */
  readonly host: 'backend' | 'client';
  readonly tls: BackendTls | undefined;
  readonly credentials: Sourced<BackendCredentials> | undefined;
  readonly connectTimeout: Milliseconds;
  readonly health: Sourced<HealthCheck> | undefined;
  readonly circuitBreaker: Sourced<CircuitBreaker> | undefined;
}

/** A function of AWS Lambda, which is called and has no address. */
export interface LambdaBackend extends AnyBackend {
  readonly kind: 'lambda';
  /** Name or ARN. */
  readonly function: Sourced<string>;
}

/** Plain number of milliseconds. */
export type Milliseconds = number;

export interface BackendNode {
  /** Lower case; an IPv6 literal keeps its brackets. */
  readonly host: string;
  readonly port: number;
  readonly weight: number;
}

/** Present exactly when the scheme is https. */
export interface BackendTls {
  readonly verify: Sourced<boolean>;
  /** Secret name of the CA bundle; `undefined` is the system's. */
  readonly ca: Sourced<string> | undefined;
  /** Name for SNI and verification. */
  readonly serverName: Sourced<string>;
  /** `managed`: the target makes the certificate and renews it. Otherwise names of secrets. */
  readonly clientCertificate: Sourced<'managed' | CertificatePair> | undefined;
}
/** Names of secrets, or of files, as the place says. */
export interface CertificatePair {
  readonly cert: string;
  readonly key: string;
}

/** How a back end knows that a request comes from the gateway; copies of clients never reach it. */
export type BackendCredentials = HeaderCredentials | SigV4Credentials;
export interface HeaderCredentials {
  readonly kind: 'header';
  readonly header: string;
  /** Goes before the secret, with one blank between: `Bearer`. */
  readonly prefix: string | undefined;
  /** Name of the secret whose value the gateway reads at run time. */
  readonly secret: string;
}
/** A signature of AWS (Signature Version 4) with the gateway's own role. */
interface SigV4Credentials {
  readonly kind: 'sigv4';
  /** Name in the scope of the signature: `lambda`, `execute-api`. */
  readonly service: string;
  /** `undefined` is the gateway's own region. */
  readonly region: string | undefined;
}

/** Requests of the gateway itself that find out which nodes may be asked. */
interface HealthCheck {
  /** Canonical raw path, below the back end's base path. */
  readonly path: string;
  readonly interval: Milliseconds;
  /** Successes in a row after which a node is used again. */
  readonly healthy: number;
  /** Failures in a row after which a node is not used. */
  readonly unhealthy: number;
}

/** After `failures` within `window` a node is not asked for the time `open`. */
interface CircuitBreaker {
  readonly failures: number;
  readonly window: Milliseconds;
  readonly open: Milliseconds;
}
