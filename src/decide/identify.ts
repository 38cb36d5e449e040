import { createHash } from 'node:crypto';
import type {
  ApiKeyAuthenticator,
  Authenticator,
  BasicAuthenticator,
  CertificateAuthenticator,
  Consumer,
} from '../model/authentication.ts';
import type { Credential } from './credentials.ts';
import type { World } from './decision.ts';
import { type Identity, identityOfClaims, type Judged } from './identity.ts';
import { judgeExternally, judgeOpaqueToken } from './judge-by-service.ts';
import { verifyToken } from './verify-token.ts';

/** Judges one credential by its authenticator; only what the kind needs is asked of the world. */
export function identify(
  authenticator: Authenticator,
  credential: Credential,
  consumers: readonly Consumer[],
  world: World,
): Judged {
  if (authenticator.kind === 'certificate') return identifyCertificate(authenticator, credential);
  const text = credential.kind === 'text' ? credential.text : undefined;
  if (text === undefined) return 'invalid';
  switch (authenticator.kind) {
    case 'api-key':
      return identifyKey(authenticator, credential, text, consumers);
    case 'basic':
      return identifyPassword(authenticator, credential, text, world);
    case 'jwt':
      return withClaims(verifyToken(text, authenticator, world.now, world));
    case 'introspection':
      return withClaims(judgeOpaqueToken(authenticator, text, world));
    case 'sigv4':
      // Only AWS knows the secret that made the signature.
      return 'unavailable';
    case 'external':
      return withClaims(judgeExternally(authenticator, text, world));
  }

  function withClaims(judged: ReturnType<typeof verifyToken>): Judged {
    if (judged === undefined) return 'invalid';
    return judged === 'unavailable' ? judged : identityOfClaims(authenticator, credential, judged);
  }
}

/** Known by the SHA-256 of the presented bytes (BEHAVIOUR.md K2). */
function identifyKey(
  authenticator: ApiKeyAuthenticator,
  credential: Credential,
  text: string,
  consumers: readonly Consumer[],
): Judged {
  const hash = createHash('sha256').update(text, 'latin1').digest('hex');
  const consumer = consumers.find(({ keys }) => keys.includes(hash));
  if (consumer === undefined) return 'invalid';
  return { authenticator, credential, claims: undefined, consumer, subject: consumer.name };
}

/** RFC 7617 §2: base64 with padding of the user's name, a colon and the password, in UTF-8 without control characters. */
function identifyPassword(
  authenticator: BasicAuthenticator,
  credential: Credential,
  text: string,
  { passwordHolds }: World,
): Judged {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) return 'invalid';
  const [, user, password] = /^([^:\x00-\x1f\x7f]+):([^\x00-\x1f\x7f]*)$/.exec(utf8(bytes) ?? '') ?? [];
  if (user === undefined || password === undefined) return 'invalid';
  const holds = passwordHolds?.(authenticator.name, user, password);
  if (holds === undefined) return 'unavailable';
  return holds ? named(authenticator, credential, user) : 'invalid';
}

function identifyCertificate(authenticator: CertificateAuthenticator, credential: Credential): Judged {
  if (credential.kind !== 'certificate' || credential.certificate.verified !== 'success') return 'invalid';
  const { subject } = credential.certificate;
  if (authenticator.subjects?.value.includes(subject) === false) return 'invalid';
  return named(authenticator, credential, subject);
}

function named(authenticator: Authenticator, credential: Credential, subject: string): Identity {
  return { authenticator, credential, claims: undefined, consumer: undefined, subject };
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
