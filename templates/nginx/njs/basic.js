import json from './json.js';
import strict from './strict.js';

/*
 * User names and passwords (RFC 7617). nginx itself compares them with the hashes of the users file.
 */

/** What nginx says may be kept this long: the file may change at any time. */
const keptSeconds = 60;

/** credentials: base64 of name, colon and password. */
async function verify(credentials, authenticator, service) {
  const user = userOf(credentials);
  if (user === undefined) return { kind: 'invalid' };
  const answer = await service.ask(authenticator.location, `Basic ${credentials}`, undefined);
  if (answer.status === 204) return { kind: 'valid', subject: user, seconds: keptSeconds };
  return { kind: answer.status === 401 ? 'invalid' : 'unavailable' };
}

/**
 * The user of strict base64 of UTF-8 without control characters (RFC 7617 §2): the functions that compare passwords
 * read no further than a NUL.
 */
function userOf(credentials) {
  if (!strict.matches(/^[A-Za-z0-9+/]+={0,2}/, credentials)) return undefined;
  const bytes = Buffer.from(credentials, 'base64');
  if (bytes.toString('base64') !== credentials || !json.isUtf8(bytes)) return undefined;
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] < 0x20 || bytes[i] === 0x7f) return undefined;
  }
  const text = bytes.toString('utf8', 0, bytes.length);
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : text.slice(0, colon);
}

export default { verify };
