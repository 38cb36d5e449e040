import { parseStrictObject } from '../../decide/json-strict.ts';
import { fetchedUrl } from '../../extension/values/url.ts';
import { isUsable } from './lock-file.ts';

/** What a configuration says of itself, or why it is refused. */
export type Configuration = { readonly issuer: string; readonly jwks: string } | { readonly refused: string };

/**
 * Reads an OpenID Provider's configuration (OpenID Connect Discovery 1.0 §4.2, §4.3; RFC 8414 §3.3). Its issuer must be
 * one of those accepted, character by character, or one issuer could speak for another.
 */
export function readConfiguration(bytes: Uint8Array, accepted: readonly string[]): Configuration {
  const found = parseStrictObject(bytes);
  if (found === undefined) return { refused: 'it is no JSON object that every reader understands alike' };
  const issuer = Object.hasOwn(found, 'issuer') ? found['issuer'] : undefined;
  if (typeof issuer !== 'string') return { refused: 'it has no "issuer"' };
  if (!accepted.includes(issuer)) {
    return { refused: `its "issuer" is ${JSON.stringify(issuer.slice(0, 200))}` };
  }
  const jwks = Object.hasOwn(found, 'jwks_uri') ? found['jwks_uri'] : undefined;
  if (typeof jwks !== 'string') return { refused: 'it has no "jwks_uri"' };
  const shown = JSON.stringify(jwks.slice(0, 200));
  if (!isUsable(fetchedUrl, jwks)) return { refused: `its "jwks_uri" is ${shown}, which is no https URL` };
  if (/^https:/i.test(issuer) && !/^https:/i.test(jwks)) {
    return { refused: `its "jwks_uri" is ${shown}, which is not https` };
  }
  return { issuer, jwks };
}
