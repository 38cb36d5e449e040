import claims from './claims.js';
import files from './files.js';
import strict from './strict.js';

/*
 * Opaque tokens, which an authorization server is asked about (RFC 7662).
 */

const maxTokenBytes = 8192;

/** authenticator: its data file; now: Unix seconds. Every answer but that of RFC 7662 §2.2 is none. */
async function verify(token, authenticator, now, r, service) {
  if (token.length > maxTokenBytes || !strict.matches(/^[\x21-\x7e]+/, token)) return { kind: 'invalid' };
  const secret = files.readSecret(r, authenticator.clientSecret);
  if (secret === undefined) return { kind: 'unavailable' };
  // RFC 6749 §2.3.1: both parts are encoded before they are joined.
  const client = Buffer.from(`${form(authenticator.clientId)}:${form(secret)}`).toString('base64');
  const answer = await service.ask(
    authenticator.location,
    `Basic ${client}`,
    `token=${form(token)}&token_type_hint=access_token`,
  );
  const found = answer.object;
  if (found === undefined || !strict.hasOwn(found, 'active') || typeof found.active !== 'boolean')
    return { kind: 'unavailable' };
  const holds =
    found.active &&
    claims.isTimely(found, now) &&
    (authenticator.audiences === undefined || claims.audienceHolds(found, authenticator.audiences));
  return holds ? { kind: 'valid', claims: found, seconds: authenticator.cacheSeconds } : { kind: 'invalid' };
}

/** application/x-www-form-urlencoded (RFC 6749 appendix B). */
function form(text) {
  return encodeURIComponent(text)
    .replace(/[!'()*~]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+');
}

export default { verify };
