import type { Algorithm, JwtAuthenticator, TrustedIssuer, VerificationKey } from '../model/authentication.ts';
import { isList, type JsonObject, type JsonValue } from '../policy/index.ts';
import { decodeBase64url } from './base64url.ts';
import { parseStrictObject } from './json-strict.ts';
import { verifySignature } from './verify-signature.ts';

const maximumTokenBytes = 8192;
/** RFC 7519 §5.1 and RFC 9068 §2.1, compared without case. */
const types = new Set(['jwt', 'at+jwt', 'application/jwt', 'application/at+jwt']);

/** Claims of a compact JWS that an authenticator accepts at a time (Unix seconds); undefined is invalid_token. */
export function verifyToken(
  token: string,
  authenticator: JwtAuthenticator,
  now: number,
): JsonObject | undefined {
  if (token.length > maximumTokenBytes) return undefined;
  for (const trusted of authenticator.issuers.value) {
    const source = trusted.keys.value;
    if (source.kind !== 'pinned') continue;
    const payload = verifyJws(token, source.keys, authenticator.algorithms.value);
    const claims = payload === undefined ? undefined : parseStrictObject(payload);
    if (claims !== undefined && acceptsClaims(claims, authenticator, trusted, now)) return claims;
  }
  return undefined;
}

/**
 * Payload of a compact JWS (RFC 7515 §7.1) whose signature verifies with one of the keys. The algorithm is pinned to
 * the key and only compared with the header; key material in the header is ignored; every critical extension refuses.
 */
export function verifyJws(
  token: string,
  keys: readonly VerificationKey[],
  allowed: readonly Algorithm[],
): Buffer | undefined {
  const [protectedHeader = '', payload = '', signature, ...more] = token.split('.');
  if (signature === undefined || more.length > 0) return undefined;
  const [headerBytes, payloadBytes, signatureBytes] = [protectedHeader, payload, signature].map(
    decodeBase64url,
  );
  if (headerBytes === undefined || payloadBytes === undefined || signatureBytes === undefined)
    return undefined;
  const header = parseStrictObject(headerBytes);
  if (header === undefined || !acceptsHeader(header)) return undefined;
  const key = chooseKey(keys, own(header, 'kid'));
  const algorithm = allowed.find(
    (one) =>
      one === own(header, 'alg') && key?.algorithms.some((allowedByKey) => allowedByKey === one) === true,
  );
  if (key === undefined || algorithm === undefined) return undefined;
  const input = `${protectedHeader}.${payload}`;
  return verifySignature(key, algorithm, input, signatureBytes) ? payloadBytes : undefined;
}

function own(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function acceptsHeader(header: JsonObject): boolean {
  if (Object.hasOwn(header, 'crit') || Object.hasOwn(header, 'b64')) return false;
  const type = own(header, 'typ');
  return type === undefined || (typeof type === 'string' && types.has(type.toLowerCase()));
}

/** A token may leave `kid` out only where there is nothing to choose. */
function chooseKey(
  keys: readonly VerificationKey[],
  kid: JsonValue | undefined,
): VerificationKey | undefined {
  const candidates =
    kid === undefined ? keys : keys.filter((key) => typeof kid === 'string' && key.kid === kid);
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** BEHAVIOUR.md J12-J15. */
function acceptsClaims(
  claims: JsonObject,
  authenticator: JwtAuthenticator,
  trusted: TrustedIssuer,
  now: number,
): boolean {
  const skew = authenticator.clockSkewSeconds.value;
  const expires = own(claims, 'exp');
  if (typeof expires !== 'number' || !Number.isFinite(expires) || now >= expires + skew) return false;
  const starts = ['nbf', 'iat'].map((name) => own(claims, name)).filter((value) => value !== undefined);
  if (!starts.every((value) => typeof value === 'number' && Number.isFinite(value) && value <= now + skew))
    return false;
  if (own(claims, 'iss') !== trusted.issuer.value) return false;
  const audience = own(claims, 'aud');
  const audiences = isList(audience) ? audience : [audience];
  return audiences.some((one) => typeof one === 'string' && trusted.audiences.value.includes(one));
}
