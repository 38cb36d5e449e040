import { claimAt } from './claims.js';
import { verifyKey } from './consumers.js';
import { verifyToken } from './token.js';
import { unheardOf } from './unheard-of.js';

/*
 * Whose a credential is. An identity is {claims?, consumer?, groups?, subject?}; 'invalid' is a credential that does not
 * hold, 'unavailable' one of which nobody can tell.
 */

/**
 * Verifies one presented credential. authenticator: its data; gateway: the sources of keys, secrets and services; moment:
 * {now, ttl}, in seconds.
 */
export async function verify(credential, authenticator, gateway, moment) {
  const { text, certificate } = credential;
  if (authenticator.kind === 'certificate') return verifyCertificate(certificate, authenticator);
  if (text === undefined) return 'invalid';
  switch (authenticator.kind) {
    case 'jwt': {
      const keyFor = (header, source, algorithms) => gateway.keyOf(header, source, algorithms, moment.now);
      return ofClaims(await verifyToken(text, authenticator, moment, keyFor));
    }
    case 'api-key':
      return verifyKey(text, gateway.consumers);
    case 'basic':
      return PARTS.passwords.verifyPassword(
        text,
        await gateway.secrets[authenticator.users].bytesAt(moment.now),
      );
    case 'introspection':
      return ofClaims(await PARTS.services.introspect(text, authenticator, gateway, moment.now));
    case 'external':
      return ofClaims(await PARTS.services.askAbout(text, authenticator, gateway, moment.now));
    default:
      return unheardOf(authenticator.kind);
  }
}

function ofClaims(found) {
  if (typeof found === 'string') return found;
  const sub = claimAt(found.claims, ['sub']);
  return { claims: found.claims, subject: typeof sub === 'string' ? sub : undefined };
}

function verifyCertificate({ subject }, { subjects }) {
  return subjects === undefined || subjects.includes(subject) ? { subject } : 'invalid';
}
