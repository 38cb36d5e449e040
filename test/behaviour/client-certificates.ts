import { X509Certificate } from 'node:crypto';
import type { ClientCertificate } from '../../src/decide/decision.ts';
import { type Credential, createAuthority, issueCertificate } from '../support/certificates.ts';

const authority = createAuthority('Clients');
const stranger = createAuthority('Strangers');
const client = (subject: string, days?: number, by = authority): Credential =>
  issueCertificate(by, { names: ['DNS:client.test'], subject, ...(days === undefined ? {} : { days }) });

/** PEM of the authority that signs client certificates. */
export const clientAuthority = authority.cert;

/** Client certificates by name, and whether the listener's authority vouches for them. */
const certificates: ReadonlyMap<string, { readonly credential: Credential; readonly valid: boolean }> =
  new Map([
    ['acme', { credential: client('/O=Acme, Inc./CN=acme'), valid: true }],
    ['other', { credential: client('/O=Acme/CN=other'), valid: true }],
    ['longer', { credential: client('/O=Acme/CN=others'), valid: true }],
    ['stranger', { credential: client('/O=Acme, Inc./CN=acme', 2, stranger), valid: false }],
    ['expired', { credential: client('/O=Acme, Inc./CN=acme', -1), valid: false }],
    ['self-signed', { credential: createAuthority('acme'), valid: false }],
  ]);

export const certificateNames = [...certificates.keys()];

export function clientCertificate(name: string): {
  readonly credential: Credential;
  readonly seen: ClientCertificate;
} {
  const found = certificates.get(name);
  if (found === undefined) throw new Error(`no client certificate is called ${name}`);
  return { credential: found.credential, seen: seen(found.credential.cert, found.valid) };
}

/** What a listener sees of a certificate; names in the order of RFC 4514, the most specific part first. */
function seen(pem: string, valid: boolean): ClientCertificate {
  const { subject, issuer, serialNumber } = new X509Certificate(pem);
  const name = (lines: string): string => lines.split('\n').reverse().join(',');
  return {
    verified: valid ? 'success' : 'failed',
    subject: name(subject),
    issuer: name(issuer),
    serial: serialNumber,
    pem,
  };
}
