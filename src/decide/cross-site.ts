import type { Site } from '../model/gateway.ts';
import { originOf } from './choose-site.ts';
import type { Credential } from './credentials.ts';
import type { Identity } from './identity.ts';
import { type FieldLine, fieldValues } from './parse-head.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Whether a request may be forged by another web site (BEHAVIOUR.md R11): an unsafe method (RFC 9110 §9.2.1), a
 * credential that browsers send by themselves, and no proof that a page of this site sent it.
 */
export function isCrossSite(
  method: string,
  identities: readonly Identity[],
  fields: readonly FieldLine[],
  site: Site,
): boolean {
  if (safe.has(method) || !identities.some(({ credential }) => isCookie(credential))) return false;
  const [origin, ...others] = fieldValues(fields, 'origin');
  if (others.length === 0 && site.hosts.some((host) => originOf(host) === origin)) return false;
  const fetchSite = fieldValues(fields, 'sec-fetch-site');
  return !(fetchSite.length === 1 && fetchSite[0] === 'same-origin');
}

function isCookie(credential: Credential): boolean {
  return credential.kind === 'text' && credential.place.kind === 'cookie';
}
