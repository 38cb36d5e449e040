import type { AsymmetricAlgorithm, EcPublicKey } from '../../model/authentication.ts';

const ofCurve: { readonly [Curve in EcPublicKey['crv']]: AsymmetricAlgorithm } = {
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
};
const ofRsa: readonly AsymmetricAlgorithm[] = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

/** Every signature algorithm of RFC 7518 §3.1 that the kind of key can verify. */
export function possibleAlgorithms(curve: EcPublicKey['crv'] | undefined): readonly AsymmetricAlgorithm[] {
  return curve === undefined ? ofRsa : [ofCurve[curve]];
}
