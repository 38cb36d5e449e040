import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Algorithm, EcPublicKey, OkpPublicKey, VerificationKey } from '../../model/authentication.ts';
import type { Node } from '../../source/node.ts';
import { brokenKey, ignoredKey, privateKey } from '../diagnostics.ts';
import { checkEcKey, isCurve } from './ec-key.ts';
import { checkEd25519Key } from './ed25519-key.ts';
import { possibleAlgorithms } from './key-algorithms.ts';
import { type CheckedKey, checkRsaKey } from './rsa-key.ts';

/** Members of private and symmetric keys (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * A public signature key that some allowed algorithm can use, or undefined: reported as an error when the key is
 * dangerous (BEHAVIOUR.md J20), as information when it has another purpose. `x5c` and its kin are never read.
 */
export function readKey(
  node: Node,
  index: number,
  allowed: readonly Algorithm[],
  report: Report,
): VerificationKey | undefined {
  const kid = node.child('kid')?.value;
  const key = typeof kid === 'string' ? shown(kid) : `number ${index + 1}`;
  const broken = (problem: string): undefined => {
    report(diagnostic(brokenKey, node.at, { key, problem }));
    return undefined;
  };
  const ignored = (reason: string): undefined => {
    report(diagnostic(ignoredKey, node.at, { key, reason }));
    return undefined;
  };
  if (typeof node.value !== 'object' || node.value === null || Array.isArray(node.value))
    return broken('it is no object');
  const secret = privateMembers.find((member) => node.child(member) !== undefined);
  if (secret !== undefined) {
    report(
      diagnostic(privateKey, node.child(secret)?.at ?? node.at, { key, member: secret }, { side: 'key' }),
    );
    return undefined;
  }
  if (kid !== undefined && (typeof kid !== 'string' || kid === '')) return broken('its "kid" is no text');
  const purpose = otherPurpose(node);
  if (purpose !== undefined) return ignored(purpose);
  const curve = curveOf(node);
  const checked = checkKey(node, curve);
  if (!checked.ok) return broken(checked.problem);
  const stated = node.child('alg')?.value;
  const usable = possibleAlgorithms(curve).filter((name) => stated === undefined || name === stated);
  if (usable.length === 0) return broken(`its "alg" is ${shown(stated)}, which its key type cannot verify`);
  const algorithms = usable.filter((name) => allowed.includes(name));
  if (algorithms.length === 0)
    return ignored(`its algorithm ${usable.join(' or ')} is not among "algorithms"`);
  return { kid, algorithms, jwk: checked.key };
}

type Curve = EcPublicKey['crv'] | OkpPublicKey['crv'];

/** The curve of a key whose purpose is known; undefined for RSA. */
function curveOf(node: Node): Curve | undefined {
  const kty = node.child('kty')?.value;
  if (kty === 'OKP') return 'Ed25519';
  const crv = node.child('crv')?.value;
  return kty === 'EC' && isCurve(crv) ? crv : undefined;
}

function checkKey(node: Node, curve: Curve | undefined): CheckedKey<VerificationKey['jwk']> {
  const member = (name: string): unknown => node.child(name)?.value;
  if (curve === undefined) return checkRsaKey(member('n'), member('e'));
  return curve === 'Ed25519' ? checkEd25519Key(member('x')) : checkEcKey(curve, member('x'), member('y'));
}

/** Why a key is not meant to verify signatures of a kind known here. */
function otherPurpose(node: Node): string | undefined {
  const use = node.child('use')?.value;
  if (use !== undefined && use !== 'sig') return `its "use" is ${shown(use)}, not "sig"`;
  const operations = node.child('key_ops');
  if (operations !== undefined && !operations.entries().some(([, one]) => one.value === 'verify')) {
    return 'its "key_ops" do not contain "verify"';
  }
  const kty = node.child('kty')?.value;
  if (kty !== 'RSA' && kty !== 'EC' && kty !== 'OKP') {
    return `its key type ${shown(kty)} is neither RSA nor EC nor OKP`;
  }
  const crv = node.child('crv')?.value;
  if (kty === 'EC' && !isCurve(crv)) return `its curve ${shown(crv)} is not P-256, P-384 or P-521`;
  if (kty === 'OKP' && crv !== 'Ed25519') return `its curve ${shown(crv)} is not Ed25519`;
  const alg = node.child('alg')?.value;
  if (alg !== undefined && !isSignature(alg)) return `its "alg" is ${shown(alg)}, no signature algorithm`;
  return undefined;
}

/** Text in quotes, cut to a readable length; members of a hostile key set can be anything. */
function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value.slice(0, 80)}"` : `of type ${typeof value}`;
}

function isSignature(alg: unknown): boolean {
  return typeof alg === 'string' && /^(?:(?:RS|PS|ES)(?:256|384|512)|EdDSA)$/.test(alg);
}
