import type { Origin, Sourced } from './origin.ts';
import type { ClaimPath } from './policy.ts';

/** Signature algorithms of RFC 7518 and RFC 8037 that a public key verifies. */
export type AsymmetricAlgorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA';
/** Algorithms of RFC 7518 §3.2 that a shared secret verifies; never together with a public key. */
export type SymmetricAlgorithm = 'HS256' | 'HS384' | 'HS512';
export type Algorithm = AsymmetricAlgorithm | SymmetricAlgorithm;

/** `authenticators.<name>` bound to the security scheme of the same name. The fields fix the kind, not the scheme. */
export type Authenticator =
  | JwtAuthenticator
  | IntrospectionAuthenticator
  | ApiKeyAuthenticator
  | BasicAuthenticator
  | CertificateAuthenticator
  | ExternalAuthenticator
  | SigV4Authenticator;

/** What every kind has. */
interface AnyAuthenticator {
  readonly name: string;
  /** Where the credential may be. More than one present is a bad request (BEHAVIOUR.md J5). None for certificates. */
  readonly from: Sourced<readonly CredentialPlace[]>;
  /** Header → fact, in the order of header names. Header names as written; compared without case. */
  readonly forward: readonly ForwardedFact[];
  /** The header, cookie or parameter that carried the credential does not reach the back end. Always true for keys. */
  readonly stripToken: boolean;
  readonly login: Sourced<Login> | undefined;
  readonly at: Origin;
}

/** Where the claims of a token hold scopes and roles. */
interface ReadsClaims {
  /** Claims that may hold scopes, the first that is present wins; a string is split at spaces. */
  readonly scopeClaims: readonly ClaimPath[];
  readonly roleClaim: ClaimPath;
}

/** JSON Web Tokens. The `iss` of a token, compared character by character, chooses the issuer that must have signed it. */
export interface JwtAuthenticator extends AnyAuthenticator, ReadsClaims {
  readonly kind: 'jwt';
  /** At least one; no issuer twice. */
  readonly issuers: Sourced<readonly TrustedIssuer[]>;
  /** Either all asymmetric or all symmetric. */
  readonly algorithms: Sourced<readonly Algorithm[]>;
  readonly clockSkewSeconds: Sourced<number>;
}

export interface TrustedIssuer {
  readonly issuer: Sourced<string>;
  readonly audiences: Sourced<readonly string[]>;
  readonly keys: Sourced<KeySource>;
}

/**
 * Where the keys of an issuer come from: the document (read at build), a key set (RFC 7517 §5) behind a URL, an OpenID
 * Provider's configuration (OpenID Connect Discovery 1.0 §4) whose `jwks_uri` has the same origin, a key set in a secret,
 * or a shared secret of the HMAC algorithms. URLs are https, http on loopback, and constant.
 */
export type KeySource =
  | { readonly kind: 'pinned'; readonly keys: readonly VerificationKey[] }
  | { readonly kind: 'remote'; readonly url: string }
  | { readonly kind: 'discovery'; readonly url: string }
  | { readonly kind: 'stored'; readonly secret: string }
  | { readonly kind: 'shared'; readonly secret: string };

/** Opaque tokens that an authorization server knows (RFC 7662); every answer but an active one is no token. */
export interface IntrospectionAuthenticator extends AnyAuthenticator, ReadsClaims {
  readonly kind: 'introspection';
  /** https, http on loopback, constant. */
  readonly endpoint: Sourced<string>;
  readonly clientId: string;
  /** Name of the secret. */
  readonly clientSecret: Sourced<string>;
  /** When stated, the answer's `aud` must name one of them. */
  readonly audiences: Sourced<readonly string[]> | undefined;
  /** How long an answer may be kept, never beyond `exp`. */
  readonly cacheSeconds: number;
}

/** API keys, each of which is a consumer's. */
export interface ApiKeyAuthenticator extends AnyAuthenticator {
  readonly kind: 'api-key';
  /** `consumers`: known by the hashes of the document. `aws-usage-plan`: those that Amazon API Gateway keeps itself. */
  readonly keys: Sourced<'consumers' | 'aws-usage-plan'>;
}

/** Requests signed with credentials of AWS (Signature Version 4), which AWS IAM decides about. */
export interface SigV4Authenticator extends AnyAuthenticator {
  readonly kind: 'sigv4';
}

/** User names and passwords (RFC 7617) of a file of hashes, in the format of Apache's htpasswd. */
export interface BasicAuthenticator extends AnyAuthenticator {
  readonly kind: 'basic';
  /** Name of the secret that holds the file. */
  readonly users: Sourced<string>;
}

/** Client certificates of the TLS connection, issued by the listener's client CA (`Tls.clientCertificate.ca`). */
export interface CertificateAuthenticator extends AnyAuthenticator {
  readonly kind: 'certificate';
  /** Name of the secret that holds the CA certificates. */
  readonly ca: Sourced<string>;
  /** Subjects in the text form of RFC 4514, normalised; undefined admits every certificate of the CA. */
  readonly subjects: Sourced<readonly string[]> | undefined;
}

/** A service that decides about a credential. Time-outs and unexpected answers deny with 503. */
export interface ExternalAuthenticator extends AnyAuthenticator, ReadsClaims {
  readonly kind: 'external';
  readonly backend: Sourced<string>;
  /** Canonical raw path, below the back end's base path. */
  readonly path: string;
  readonly timeoutMs: number;
  /** 0 asks for each request. */
  readonly cacheSeconds: number;
}

export type CredentialPlace =
  | {
      readonly kind: 'header';
      /** `Authorization` carries `Bearer <token>` (`Basic` for basic, the bare key for API keys); others the bare value. */
      readonly name: string;
    }
  | { readonly kind: 'cookie'; readonly name: string }
  /** Only where the document waives `query-credential`; redacted everywhere and removed before forwarding. */
  | { readonly kind: 'query'; readonly name: string };

/** `subject`: the `sub` of a token, the consumer of a key, the user of a password, the subject of a certificate. */
interface ForwardedFact {
  readonly header: string;
  readonly fact: { readonly kind: 'claim'; readonly claim: ClaimPath } | { readonly kind: 'subject' };
}

/** `returnParam: undefined` omits the return address. `url` is absolute https (http on loopback) and constant. */
export interface Login {
  readonly url: string;
  readonly returnParam: string | undefined;
}

/** A public key that passed the compile-time checks of BEHAVIOUR.md J20. */
export interface VerificationKey {
  /** Absent only where the set has a single key. */
  readonly kid: string | undefined;
  /** Every algorithm that this key may verify: its `alg`, else what kty, crv and `algorithms` allow. Pinned to the key. */
  readonly algorithms: readonly AsymmetricAlgorithm[];
  /** The public members of the JWK (RFC 7517) only: kty, n, e / kty, crv, x, y / kty, crv, x. */
  readonly jwk: RsaPublicKey | EcPublicKey | OkpPublicKey;
}
export interface RsaPublicKey {
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
}
export interface EcPublicKey {
  readonly kty: 'EC';
  readonly crv: 'P-256' | 'P-384' | 'P-521';
  readonly x: string;
  readonly y: string;
}
/** RFC 8037 §2. */
export interface OkpPublicKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
}

/** Somebody with API keys. */
export interface Consumer {
  readonly name: string;
  /** SHA-256 of each key, 64 lower-case hexadecimal digits; no hash belongs to two consumers. */
  readonly keys: readonly string[];
  readonly groups: readonly string[];
  /** Name of a plan. */
  readonly plan: Sourced<string> | undefined;
  readonly at: Origin;
}

/** How the listener treats client certificates (LANGUAGE.md §10 `tls.clientCertificate`). */
export interface ClientCertificates {
  /** Of the whole gateway; operations may ask for more (`clientCertificate`). */
  readonly mode: ClientCertificateMode;
  /** Name of the secret that holds the CA certificates. */
  readonly ca: Sourced<string>;
  /** Headers that carry parts of a verified certificate to every back end; owned by the gateway. */
  readonly forward: readonly { readonly header: string; readonly part: CertificatePart }[];
}
export type ClientCertificateMode = 'none' | 'optional' | 'require';
/** `certificate` is the PEM text, percent-encoded. */
export type CertificatePart = 'subject' | 'issuer' | 'serial' | 'certificate';

/** One scheme of an alternative, with the scopes that must all be held. */
export interface Requirement {
  readonly authenticator: string;
  readonly scopes: readonly string[];
}

/**
 * The effective security of an operation. `anyOf` is an OR of ANDs, evaluated left to right. `optional`: a caller who
 * presents no credential of any listed scheme passes as anonymous; a credential that is presented and invalid is 401.
 * Absent, `[]` and `[{}]` are three different inputs; absent never reaches the model.
 */
export type Authentication =
  | { readonly kind: 'public'; readonly reason: string | undefined }
  | {
      readonly kind: 'required' | 'optional';
      readonly anyOf: readonly (readonly Requirement[])[];
      readonly reason: string | undefined;
    };
