import type { Algorithm, JwtAuthenticator, TrustedIssuer, VerificationKey } from '../model/authentication.ts';
import { isList, type JsonObject, type JsonValue } from '../policy/index.ts';
import { decodeBase64url } from './base64url.ts';
import type { Services } from './decision.ts';
import { keysOf } from './issuer-keys.ts';
import { parseStrictObject } from './json-strict.ts';
import { type SharedKey, type SigningKeys, verifySignature } from './verify-signature.ts';

const maximumTokenBytes = 8192;
/** RFC 7519 §5.1 and RFC 9068 §2.1, compared without case. */
const types = new Set(['jwt', 'at+jwt', 'application/jwt', 'application/at+jwt']);

/**
 * Claims of a compact JWS that an authenticator accepts at a time (Unix seconds); undefined is invalid_token. Everything
 * that needs no key is judged first, so `unavailable` means that a key could still make it valid.
 */
export function verifyToken(
  token: string,
  authenticator: JwtAuthenticator,
  now: number,
  services: Services = {},
): JsonObject | 'unavailable' | undefined {
  const jws = token.length > maximumTokenBytes ? undefined : readJws(token);
  const claims = jws === undefined ? undefined : parseStrictObject(jws.payload);
  if (jws === undefined || claims === undefined) return undefined;
  const trusted = authenticator.issuers.value.find(({ issuer }) => issuer.value === own(claims, 'iss'));
  const allowed = authenticator.algorithms.value;
  if (trusted === undefined || !allowed.some((one) => one === own(jws.header, 'alg'))) return undefined;
  if (!acceptsClaims(claims, authenticator, trusted, now)) return undefined;
  const keys = keysOf(trusted.keys.value, allowed, services);
  if (keys === undefined) return 'unavailable';
  return isSigned(jws, keys, allowed) ? claims : undefined;
}

/**
 * Payload of a compact JWS (RFC 7515 §7.1) whose signature verifies with one of the keys. The algorithm is pinned to
 * the key and only compared with the header; key material in the header is ignored; every critical extension refuses.
 */
export function verifyJws(
  token: string,
  keys: SigningKeys,
  allowed: readonly Algorithm[],
): Buffer | undefined {
  const jws = readJws(token);
  return jws !== undefined && isSigned(jws, keys, allowed) ? jws.payload : undefined;
}

interface Jws {
  readonly header: JsonObject;
  readonly payload: Buffer;
  readonly signingInput: string;
  readonly signature: Buffer;
}

function readJws(token: string): Jws | undefined {
  const [protectedHeader = '', encodedPayload = '', encodedSignature, ...more] = token.split('.');
  if (encodedSignature === undefined || more.length > 0) return undefined;
  const headerBytes = decodeBase64url(protectedHeader);
  const payload = decodeBase64url(encodedPayload);
  const signature = decodeBase64url(encodedSignature);
  if (headerBytes === undefined || payload === undefined || signature === undefined) return undefined;
  const header = parseStrictObject(headerBytes);
  if (header === undefined || !acceptsHeader(header)) return undefined;
  return { header, payload, signingInput: `${protectedHeader}.${encodedPayload}`, signature };
}

function isSigned(jws: Jws, keys: SigningKeys, allowed: readonly Algorithm[]): boolean {
  const key = chooseKey(keys, own(jws.header, 'kid'));
  const algorithm = allowed.find(
    (one) =>
      one === own(jws.header, 'alg') && key?.algorithms.some((allowedByKey) => allowedByKey === one) === true,
  );
  if (key === undefined || algorithm === undefined) return false;
  return verifySignature(key, algorithm, jws.signingInput, jws.signature);
}

function own(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function acceptsHeader(header: JsonObject): boolean {
  if (Object.hasOwn(header, 'crit') || Object.hasOwn(header, 'b64')) return false;
  const type = own(header, 'typ');
  return type === undefined || (typeof type === 'string' && types.has(type.toLowerCase()));
}

/** A token may leave `kid` out only where there is nothing to choose. A shared secret has no name. */
function chooseKey(keys: SigningKeys, kid: JsonValue | undefined): VerificationKey | SharedKey | undefined {
  const known: readonly (VerificationKey | SharedKey)[] = keys;
  const candidates =
    kid === undefined ? known : known.filter((key) => typeof kid === 'string' && key.kid === kid);
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** BEHAVIOUR.md J12, J13, J15; the issuer has been compared. */
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
  const audience = own(claims, 'aud');
  const audiences = isList(audience) ? audience : [audience];
  return audiences.some((one) => typeof one === 'string' && trusted.audiences.value.includes(one));
}
