import type { AsymmetricAlgorithm, EcPublicKey, OkpPublicKey } from '../../model/authentication.ts';

type Curve = EcPublicKey['crv'] | OkpPublicKey['crv'];

const ofCurve: { readonly [C in Curve]: AsymmetricAlgorithm } = {
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  Ed25519: 'EdDSA',
};
const ofRsa: readonly AsymmetricAlgorithm[] = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

/** Every signature algorithm of RFC 7518 §3.1 and RFC 8037 §3.1 that the kind of key can verify; no curve is RSA. */
export function possibleAlgorithms(curve: Curve | undefined): readonly AsymmetricAlgorithm[] {
  return curve === undefined ? ofRsa : [ofCurve[curve]];
}
