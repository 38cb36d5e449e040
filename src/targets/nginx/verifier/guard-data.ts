import type { Algorithm } from '../../../model/authentication.ts';
import type { Scalar } from '../../../model/policy.ts';
import type { TrustedIssuerData } from './issuer-data.ts';

/** `data/guards/<id>.json`: what the emitted verifier (templates/nginx/njs) reads for one guard. */
export interface GuardData {
  /** The challenges of 401: one for each HTTP scheme, in the order of first use. */
  readonly challenges: readonly Challenge[];
  /** `Bearer realm="…"`, without attributes: the challenge of a refusal that concerns a token. */
  readonly bearer: string;
  /** Callers without any credential pass, when there is no policy. */
  readonly optional: boolean;
  readonly authenticators: readonly GuardAuthenticator[];
  /** Evaluated from the left; the first that holds wins. */
  readonly alternatives: readonly Alternative[];
  /** Present when the method is unsafe and a credential may come from a cookie. */
  readonly crossSite?: CrossSite;
  /** Every one must be true. */
  readonly policies: readonly (readonly PolicyStep[])[];
  /** Templates of the request path, for policies that read its parameters. */
  readonly paths: readonly PathPattern[];
  /** The questions that policies may ask services; present when there is one. */
  readonly calls?: readonly GuardCall[];
}

/** A service that policies ask. */
export interface GuardCall {
  /** The internal location of the verifier's server that hands the question to the service. */
  readonly location: string;
  readonly credential?: ServiceCredential;
  /** How long a decision that rests on the answer may be kept. */
  readonly cacheSeconds: number;
}

/** `method` is the operation's own; the others are inputs of the guard, or come from its credentials. */
export type CallFact =
  | { readonly kind: 'method'; readonly value: string }
  | { readonly kind: 'path' | 'query' | 'ip'; readonly input: number }
  | { readonly kind: 'claims' | 'consumer' };

/** `ofToken`: says `error="invalid_token"` (RFC 6750 §3.1) when a token was presented. */
export interface Challenge {
  readonly text: string;
  readonly ofToken: boolean;
}

export interface GuardAuthenticator {
  /** Name of its file below `data/authenticators/`, without `.json`. */
  readonly file: string;
  readonly places: readonly Place[];
}

/**
 * Where a credential may be. `bearer` and `basic` read the credentials of that scheme from a field like Authorization,
 * `header` and `cookie` the whole value, `query` a parameter of the raw query, `certificate` what TLS found out.
 */
export type Place =
  | { readonly kind: 'bearer' | 'basic' | 'header' | 'cookie' | 'certificate'; readonly input: number }
  | { readonly kind: 'query'; readonly input: number; readonly name: string };

export interface Alternative {
  readonly requirements: readonly { readonly authenticator: number; readonly scopes: readonly string[] }[];
  /** The challenge for callers whose credentials are valid but lack scopes. */
  readonly challenge: string;
}

export interface CrossSite {
  readonly origin: number;
  readonly fetchSite: number;
  readonly origins: readonly string[];
}

/** One step of an expression in postfix order: a leaf adds a truth value, `all`, `any` and `not` take some back. */
export type PolicyStep =
  | { readonly kind: 'all' | 'any'; readonly count: number }
  | { readonly kind: 'not' }
  | { readonly kind: 'scope'; readonly scope: string }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'ip'; readonly input: number; readonly ranges: readonly string[] }
  | { readonly kind: 'claim'; readonly claim: readonly string[]; readonly test: StepTest }
  | {
      readonly kind: 'compare';
      readonly left: StepOperand;
      readonly operator: '==' | '!=' | 'in';
      readonly right: StepOperand;
    }
  /** The answer to a question that is `{"input": {…}}` with a member for each fact; steps of one call send the same. */
  | { readonly kind: 'external'; readonly call: number; readonly send: readonly CallFact[] };

type StepTest =
  | { readonly kind: 'equals' | 'contains'; readonly value: Scalar }
  | { readonly kind: 'in'; readonly values: readonly Scalar[] }
  | { readonly kind: 'exists'; readonly expected: boolean };

export type StepOperand =
  | { readonly kind: 'claim'; readonly claim: readonly string[] }
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'consumer' }
  | { readonly kind: 'header'; readonly input: number }
  | { readonly kind: 'path' | 'query'; readonly name: string; readonly input: number };

/** A regular expression over the raw path; capture `i + 1` is the parameter `names[i]`. */
export interface PathPattern {
  readonly pattern: string;
  readonly names: readonly string[];
}

/** `data/authenticators/<file>.json`. */
export type AuthenticatorData =
  | JwtData
  | IntrospectionData
  | ApiKeyData
  | BasicData
  | CertificateData
  | ExternalData;

interface AnyData {
  readonly forward: readonly ForwardData[];
}

/** `header` is the index of the header in the gateway's owned headers. Without a claim, it holds the subject. */
export interface ForwardData {
  readonly header: number;
  readonly claim?: readonly string[];
}

interface ReadsClaims {
  readonly scopeClaims: readonly (readonly string[])[];
  readonly roleClaim: readonly string[];
}

export interface JwtData extends AnyData, ReadsClaims {
  readonly kind: 'jwt';
  readonly issuers: readonly TrustedIssuerData[];
  /** What the tokens of all of them may be signed with. */
  readonly algorithms: readonly Algorithm[];
  readonly clockSkewSeconds: number;
}

/** `location`: the internal location of the verifier's server that asks the service. */
export interface IntrospectionData extends AnyData, ReadsClaims {
  readonly kind: 'introspection';
  readonly location: string;
  readonly clientId: string;
  /** Path of the file that holds the client's secret. */
  readonly clientSecret: string;
  /** When present, the answer must name one of them. */
  readonly audiences?: readonly string[];
  readonly cacheSeconds: number;
}

export interface ExternalData extends AnyData, ReadsClaims {
  readonly kind: 'external';
  readonly location: string;
  /** Name of the authenticator, which the service is told. */
  readonly scheme: string;
  readonly credential?: ServiceCredential;
  readonly cacheSeconds: number;
}

/** What the gateway shows a back end: the contents of a file, after `prefix` and a blank. */
export interface ServiceCredential {
  readonly file: string;
  readonly prefix?: string;
}

interface ApiKeyData extends AnyData {
  readonly kind: 'api-key';
  /** The files below `data/consumers/` that exist: each holds the keys whose hashes begin with its name. */
  readonly buckets: readonly string[];
}

interface BasicData extends AnyData {
  readonly kind: 'basic';
  readonly location: string;
}

interface CertificateData extends AnyData {
  readonly kind: 'certificate';
  /** Subjects as OpenSSL prints them for RFC 2253; when absent, every verified certificate will do. */
  readonly subjects?: readonly string[];
}

/** `data/consumers/<two hexadecimal digits>.json`: SHA-256 of a key to who may use it. */
export interface ConsumerBucket {
  readonly [hash: string]: ConsumerData;
}
export interface ConsumerData {
  readonly consumer: string;
  readonly groups: readonly string[];
}

export interface KeyData {
  readonly kid?: string;
  readonly algorithms: readonly string[];
  /** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), DER in base64. */
  readonly spki: string;
  /** For elliptic curve keys, as WebCrypto names it. */
  readonly curve?: string;
  /** The only size that a signature of this key has. */
  readonly signatureBytes: number;
}
