import type { RootBlock } from '../../extension/index.ts';
import type { Origin } from '../../model/origin.ts';
import { isWeaker } from '../facets/client-certificate.ts';
import type { Weakening } from './weakened-facets.ts';

type ClientCertificate = NonNullable<RootBlock['tls']>['value']['clientCertificate'];

/** What the listener no longer demands of client certificates, or no longer removes from requests. */
export function weakenedClientCertificates(
  before: ClientCertificate,
  after: ClientCertificate,
  at: Origin,
): readonly Weakening[] {
  if (before === undefined) return [];
  const found: Weakening[] = [];
  const check = (field: 'mode' | 'ca' | 'forward', weaker: boolean, how: string): void => {
    const place = after?.value[field]?.at ?? after?.at ?? at;
    if (weaker) found.push({ guard: `tls.clientCertificate.${field}`, how, at: place });
  };
  const [old, now] = [before.value, after?.value];
  check('mode', isWeaker(now?.mode?.value ?? 'none', old.mode?.value ?? 'none'), 'asks for less');
  check('ca', now !== undefined && now.ca.value !== old.ca.value, 'trusts other authorities');
  const kept = new Set([...(now?.forward?.value.keys() ?? [])].map((header) => header.toLowerCase()));
  const lost = [...(old.forward?.value.keys() ?? [])].some((header) => !kept.has(header.toLowerCase()));
  check('forward', lost, 'no longer removes a header that clients could forge');
  return found;
}
