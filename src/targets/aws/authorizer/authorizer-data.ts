import type { Algorithm, CertificatePart, VerificationKey } from '../../../model/authentication.ts';
import type { ClaimPath, ClaimTest, SentFact } from '../../../model/policy.ts';

/**
 * What the emitted authorizer (templates/aws/authorizer) reads of one gateway. Plain JSON; numbers without another
 * meaning are places in the lists below.
 */
export interface AuthorizerData {
  /** `<METHOD> <resource path>` → its guard and, where the path of a request is looked at, its template. */
  readonly operations: Readonly<Record<string, readonly [guard: number, template?: number]>>;
  readonly guards: readonly GuardData[];
  readonly templates: readonly TemplateData[];
  readonly authenticators: readonly AuthenticatorData[];
  /** By the first four hexadecimal digits of the hash. */
  readonly consumers: Readonly<Record<string, readonly ConsumerKey[]>>;
  readonly keySets: readonly KeySetData[];
  readonly services: readonly ServiceData[];
  readonly secrets: readonly SecretData[];
  /** Whose address a policy sees. */
  readonly address: ClientAddress;
  /** How many headers the gateway owns; their texts are `h0`, `h1`, … of the context. */
  readonly ownedHeaders: number;
  /** Parts of a client certificate, by owned header. */
  readonly certificateParts: readonly { readonly header: number; readonly part: CertificatePart }[];
}

/**
 * `peer`: who is connected to API Gateway. `header`: what a distribution in front says, which nobody can pass by.
 * `forwarded`: the rightmost address of X-Forwarded-For that is in none of these ranges.
 */
export type ClientAddress =
  | { readonly kind: 'peer' }
  | { readonly kind: 'header' /** Lower case. */; readonly name: string }
  | { readonly kind: 'forwarded'; readonly trusted: readonly string[] };

/** Who may call. Without `alternatives` everybody may: the guard is there for the path, or for certificates. */
export interface GuardData extends Partial<CallerData> {
  /** How long API Gateway keeps a decision; tokens must hold until then. */
  readonly ttlSeconds: number;
}

export interface CallerData {
  /** A caller who presents no credential passes where there is no policy. */
  readonly optional: boolean;
  readonly authenticators: readonly { readonly authenticator: number; readonly places: readonly Place[] }[];
  /** Evaluated from the left; the first that holds wins. */
  readonly alternatives: readonly Alternative[];
  /** Present when the method is unsafe and a credential may come from a cookie: origins of this site. */
  readonly origins?: readonly string[];
  /** Every one must be true. */
  readonly policies: readonly PolicyData[];
  /** The questions that policies may ask services. */
  readonly calls: readonly CallData[];
  /** Of a refusal by a policy, where it concerns a token. */
  readonly challenge: string;
}

/** Header names are lower case. `bearer` and `basic` read the credentials of that scheme from Authorization. */
export type Place =
  | { readonly kind: 'bearer' | 'basic' | 'certificate' }
  | { readonly kind: 'header' | 'cookie' | 'query'; readonly name: string };

export interface Alternative {
  /** `authenticator` is a place in the guard's own list. */
  readonly requirements: readonly { readonly authenticator: number; readonly scopes: readonly string[] }[];
  /** For callers whose credentials are valid but lack scopes. */
  readonly challenge: string;
}

/** An expression, its names resolved; the method of the operation is a literal. */
export type PolicyData =
  | { readonly kind: 'all' | 'any'; readonly of: readonly PolicyData[] }
  | { readonly kind: 'not'; readonly of: PolicyData }
  | { readonly kind: 'scope'; readonly scope: string }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'ip'; readonly ranges: readonly string[] }
  | { readonly kind: 'claim'; readonly claim: ClaimPath; readonly test: ClaimTest }
  | {
      readonly kind: 'compare';
      readonly left: OperandData;
      readonly operator: '==' | '!=' | 'in';
      readonly right: OperandData;
    }
  | { readonly kind: 'external'; readonly call: number };

/** Names of path parameters are the document's. */
export type OperandData =
  | { readonly kind: 'claim'; readonly claim: ClaimPath }
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'consumer' }
  | { readonly kind: 'path' | 'query' | 'header'; readonly name: string };

export interface CallData {
  readonly service: number;
  readonly method: string;
  readonly send: readonly SentFact[];
  readonly cacheSeconds: number;
}

/** How a request path must look, and what its parameters are. */
export interface TemplateData {
  /** A regular expression over the whole raw path; group `i + 1` is the parameter `names[i]`. */
  readonly pattern: string;
  readonly names: readonly string[];
  /** What API Gateway must have understood: its variable, the segment that it stands for, and whether all behind it. */
  readonly variables: readonly (readonly [name: string, segment: number, greedy?: true])[];
  /** What the operation allows in its parameters although the path profile (BEHAVIOUR.md §2.2) refuses it. */
  readonly characters: readonly string[];
}

export type AuthenticatorData =
  | JwtData
  | IntrospectionData
  | ExternalData
  | ({ readonly kind: 'api-key' } & AnyData)
  | ({ readonly kind: 'basic' /** A secret. */; readonly users: number } & AnyData)
  /** Subjects in the text form of RFC 4514; without them, every verified certificate will do. */
  | ({ readonly kind: 'certificate'; readonly subjects?: readonly string[] } & AnyData);

interface AnyData {
  /** `header` is an owned header. Without a claim, it holds the subject. */
  readonly forward: readonly { readonly header: number; readonly claim?: ClaimPath }[];
}

interface ReadsClaims extends AnyData {
  readonly scopeClaims: readonly ClaimPath[];
  readonly roleClaim: ClaimPath;
}

export interface JwtData extends ReadsClaims {
  readonly kind: 'jwt';
  readonly issuers: readonly {
    readonly issuer: string;
    readonly audiences: readonly string[];
    readonly keys: KeySourceData;
  }[];
  readonly algorithms: readonly Algorithm[];
  /** Seconds. */
  readonly skew: number;
}

export type KeySourceData =
  | { readonly kind: 'pinned'; readonly keys: readonly VerificationKeyData[] }
  | { readonly kind: 'fetched'; readonly keySet: number }
  | { readonly kind: 'stored' | 'shared'; readonly secret: number };

interface VerificationKeyData extends Pick<VerificationKey, 'algorithms' | 'jwk'> {
  readonly kid?: string;
}

interface IntrospectionData extends ReadsClaims {
  readonly kind: 'introspection';
  readonly service: number;
  readonly audiences?: readonly string[];
  readonly cacheSeconds: number;
}

interface ExternalData extends ReadsClaims {
  readonly kind: 'external';
  readonly service: number;
  /** Name of the authenticator, which the service is told. */
  readonly scheme: string;
  readonly cacheSeconds: number;
}

/** SHA-256 of the key in hexadecimal digits, and who may use it. */
export type ConsumerKey = readonly [hash: string, name: string, groups: readonly string[]];

/** `issuer` is there when the URL is that of an OpenID Provider's configuration, which must name it. */
export interface KeySetData {
  readonly url: string;
  readonly issuer?: string;
}

/** Something that is asked with POST. Header names are lower case. */
export interface ServiceData {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** What shows the gateway to the service: the secret after `prefix` and a blank; with `client`, both in base64. */
  readonly credential?: {
    readonly header: string;
    readonly prefix?: string;
    readonly client?: string;
    readonly secret: number;
  };
  /** As Node names it; `ca`, `cert` and `key` are secrets. */
  readonly tls?: {
    readonly servername: string;
    readonly rejectUnauthorized: boolean;
    readonly ca?: number;
    readonly cert?: number;
    readonly key?: number;
  };
}

/** `field`: the member of a JSON object that the secret's text is. */
export interface SecretData {
  readonly kind: 'ssm' | 'secretsManager';
  readonly name: string;
  readonly field?: string;
}
