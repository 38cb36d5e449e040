import type { ExternalAuthenticator, IntrospectionAuthenticator } from '../model/authentication.ts';
import { isList, type JsonObject } from '../policy/index.ts';
import type { ServiceAnswer, World } from './decision.ts';
import { parseStrictObject } from './json-strict.ts';

/** Longer tokens are asked of nobody (BEHAVIOUR.md J22). */
const maximumTokenBytes = 8192;

/** Claims, `undefined` for a credential that the service refuses, `unavailable` for any answer that is none. */
type ServiceVerdict = JsonObject | 'unavailable' | undefined;

/**
 * RFC 7662 §2.2: a token is active exactly when the answer says so with the boolean; times and audiences that the
 * answer states must hold as well.
 */
export function judgeOpaqueToken(
  { audiences, name }: IntrospectionAuthenticator,
  token: string,
  { introspect, now }: World,
): ServiceVerdict {
  if (token.length > maximumTokenBytes) return undefined;
  const claims = jsonAnswer(introspect?.(name, token), 200);
  if (claims === undefined || typeof claims['active'] !== 'boolean') return 'unavailable';
  if (!claims['active'] || !isTimely(claims, now)) return undefined;
  if (audiences === undefined) return claims;
  const stated = Object.hasOwn(claims, 'aud') ? claims['aud'] : undefined;
  const named = isList(stated) ? stated : [stated];
  const holds = named.some((one) => typeof one === 'string' && audiences.value.includes(one));
  return holds ? claims : undefined;
}

/** 200 with an object of claims admits, 401 and 403 refuse; everything else is no answer. */
export function judgeExternally(
  { name }: ExternalAuthenticator,
  credential: string,
  { authenticate }: World,
): ServiceVerdict {
  if (credential.length > maximumTokenBytes) return undefined;
  const answer = authenticate?.(name, credential);
  if (answer?.status === 401 || answer?.status === 403) return undefined;
  return jsonAnswer(answer, 200) ?? 'unavailable';
}

function jsonAnswer(answer: ServiceAnswer | undefined, status: number): JsonObject | undefined {
  return answer?.status === status ? parseStrictObject(Buffer.from(answer.body, 'utf8')) : undefined;
}

/** Stated times must be numbers and hold; there is no skew between a gateway and its own authorization server. */
function isTimely(claims: JsonObject, now: number): boolean {
  const time = (name: string): unknown => (Object.hasOwn(claims, name) ? claims[name] : undefined);
  const expires = time('exp');
  const begins = time('nbf');
  return (
    (expires === undefined || (typeof expires === 'number' && now < expires)) &&
    (begins === undefined || (typeof begins === 'number' && begins <= now))
  );
}
