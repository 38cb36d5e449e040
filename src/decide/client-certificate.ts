import type { CertificatePart, ClientCertificateMode } from '../model/authentication.ts';
import type { Gateway, Operation } from '../model/gateway.ts';
import type { ClientCertificate } from './decision.ts';

/** Whether the connection may reach the operation: `require` of either level needs a verified certificate. */
export function hasRequiredCertificate(
  gateway: Gateway,
  operation: Operation,
  certificate: ClientCertificate | undefined,
): boolean {
  const modes: readonly (ClientCertificateMode | undefined)[] = [
    gateway.tls.clientCertificate?.value.mode,
    operation.features.clientCertificate?.value,
  ];
  return !modes.includes('require') || certificate?.verified === 'success';
}

/** Header → part of the verified certificate; nothing of any other. */
export function forwardedCertificate(
  { tls }: Gateway,
  certificate: ClientCertificate | undefined,
): ReadonlyMap<string, string> {
  const forward = tls.clientCertificate?.value.forward ?? [];
  if (certificate?.verified !== 'success') return new Map();
  return new Map(forward.map(({ header, part }) => [header.toLowerCase(), partText(part, certificate)]));
}

function partText(part: CertificatePart, certificate: ClientCertificate): string {
  return part === 'certificate' ? encodeURIComponent(certificate.pem) : certificate[part];
}
