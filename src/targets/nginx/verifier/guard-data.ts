import type { Algorithm } from '../../../model/authentication.ts';
import type { Scalar } from '../../../model/policy.ts';
import type { TrustedIssuerData } from './issuer-data.ts';

/** `data/guards/<id>.json`: what the emitted verifier (templates/nginx/njs) reads for one guard. */
export interface GuardData {
  /** `Bearer realm="…"`, without attributes. */
  readonly challenge: string;
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

/** A question to a service. The body is `{"input": {…}}` with a member for each fact. */
export interface GuardCall {
  /** The internal location of the verifier's server that hands the question to the service. */
  readonly location: string;
  readonly send: readonly CallFact[];
  /** How long a decision that rests on the answer may be kept. */
  readonly cacheSeconds: number;
}

/** `method` is the operation's own; the others are inputs of the guard, or come from its credentials. */
export type CallFact =
  | { readonly kind: 'method'; readonly value: string }
  | { readonly kind: 'path' | 'query' | 'ip'; readonly input: number }
  | { readonly kind: 'claims' | 'consumer' };

export interface GuardAuthenticator {
  /** Name of its file below `data/authenticators/`, without `.json`. */
  readonly file: string;
  readonly places: readonly Place[];
}
export interface Place {
  readonly kind: 'authorization' | 'header' | 'cookie';
  readonly input: number;
}

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
  /** The answer to the guard's question of that index. */
  | { readonly kind: 'external'; readonly call: number };

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
export interface AuthenticatorData {
  readonly kind: 'jwt';
  readonly issuers: readonly TrustedIssuerData[];
  /** What the tokens of all of them may be signed with. */
  readonly algorithms: readonly Algorithm[];
  readonly clockSkewSeconds: number;
  readonly scopeClaims: readonly (readonly string[])[];
  readonly roleClaim: readonly string[];
  /** `header` is the index of the header in the gateway's owned headers. */
  readonly forward: readonly { readonly header: number; readonly claim: readonly string[] }[];
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
