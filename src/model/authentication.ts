import type { Sourced } from './origin.ts';
import type { ClaimPath } from './policy.ts';

/** Signature algorithms of RFC 7518 that an asymmetric key set can verify. */
export type Algorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512';

/** A JSON Web Token authenticator: `authenticators.<name>` bound to the security scheme of the same name. */
export interface Authenticator {
  readonly kind: 'jwt';
  readonly name: string;
  readonly issuer: Sourced<string>;
  readonly audiences: Sourced<readonly string[]>;
  readonly algorithms: Sourced<readonly Algorithm[]>;
  readonly clockSkewSeconds: Sourced<number>;
  /** Claims that may hold scopes, the first that is present wins; a string is split at spaces. */
  readonly scopeClaims: readonly ClaimPath[];
  readonly roleClaim: ClaimPath;
  /** Where the credential may be. More than one present is a bad request (BEHAVIOUR.md J5). */
  readonly from: Sourced<readonly CredentialPlace[]>;
  /** Header → claim, in the order of header names. Header names as written; compared without case. */
  readonly forward: readonly ForwardedClaim[];
  /** The Authorization header or cookie that carried the credential does not reach the back end. */
  readonly stripToken: boolean;
  readonly login: Sourced<Login> | undefined;
  readonly keys: Sourced<readonly VerificationKey[]>;
  readonly at: Sourced<unknown>['at'];
}

export type CredentialPlace =
  | {
      readonly kind: 'header' /** `Authorization` carries `Bearer <token>`, any other header the bare token. */;
      readonly name: string;
    }
  | { readonly kind: 'cookie'; readonly name: string };

interface ForwardedClaim {
  readonly header: string;
  readonly claim: ClaimPath;
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
  readonly algorithms: readonly Algorithm[];
  /** The public members of the JWK (RFC 7517) only: kty, n, e / kty, crv, x, y. */
  readonly jwk: RsaPublicKey | EcPublicKey;
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
