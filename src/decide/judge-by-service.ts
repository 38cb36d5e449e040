import type { ExternalAuthenticator, IntrospectionAuthenticator } from '../model/authentication.ts';
import { isList, type JsonObject, type JsonValue } from '../policy/index.ts';
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
  if (token.length > maximumTokenBytes || !/^[\x21-\x7e]+$/.test(token)) return undefined;
  const claims = objectOf(introspect?.(name, token));
  if (claims === undefined || typeof claims['active'] !== 'boolean') return 'unavailable';
  if (!claims['active'] || !isTimely(claims, now)) return undefined;
  if (audiences === undefined) return claims;
  const stated = Object.hasOwn(claims, 'aud') ? claims['aud'] : undefined;
  const named = isList(stated) ? stated : [stated];
  const holds = named.some((one) => typeof one === 'string' && audiences.value.includes(one));
  return holds ? claims : undefined;
}

/** A service admits with the result true, and claims if it likes; it refuses with false. */
export function judgeExternally(
  { name }: ExternalAuthenticator,
  credential: string,
  { authenticate }: World,
): ServiceVerdict {
  if (credential.length > maximumTokenBytes || !/^[\x20-\x7e]+$/.test(credential)) return undefined;
  const answer = authenticate?.(name, credential);
  const result = resultOf(answer);
  if (result === false) return undefined;
  const told = objectOf(answer) ?? {};
  const claims = Object.hasOwn(told, 'claims') ? told['claims'] : {};
  return result === undefined || !isObject(claims) ? 'unavailable' : claims;
}

/** What a service says to a question: status 200 with `{"result": true}` or `{"result": false}`; all else is nothing. */
export function resultOf(answer: ServiceAnswer | undefined): boolean | undefined {
  const result = objectOf(answer)?.['result'];
  return typeof result === 'boolean' ? result : undefined;
}

function objectOf(answer: ServiceAnswer | undefined): JsonObject | undefined {
  return answer?.status === 200 ? parseStrictObject(Buffer.from(answer.body, 'utf8')) : undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
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
