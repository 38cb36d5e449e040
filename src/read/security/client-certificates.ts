import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { RootBlock } from '../../extension/index.ts';
import type {
  Authenticator,
  CertificateAuthenticator,
  ClientCertificates,
} from '../../model/authentication.ts';
import type { Tls } from '../../model/gateway.ts';
import type { Sourced } from '../../model/origin.ts';
import { byName } from '../by-name.ts';
import { authoritiesDiffer, certificatesNotAsked, terminationUpstream } from '../diagnostics.ts';

/**
 * TLS with what the listener asks of clients: what `tls.clientCertificate` states, and at least optional certificates
 * where an authenticator reads them. All name one set of authorities.
 */
export function withClientCertificates(
  tls: Tls,
  stated: NonNullable<RootBlock['tls']>['value']['clientCertificate'],
  authenticators: readonly Authenticator[],
  report: Report,
): Tls {
  const readers = authenticators.filter((one) => one.kind === 'certificate');
  const clientCertificate = clientCertificates(stated, readers);
  if (clientCertificate === undefined) return tls;
  const { ca } = clientCertificate.value;
  for (const reader of readers) {
    if (reader.ca.value !== ca.value) {
      const options = { related: [related('The other authority.', ca.at)] };
      report(diagnostic(authoritiesDiffer, reader.ca.at, { one: ca.value, other: reader.ca.value }, options));
    }
    const { name, at } = reader;
    const mode = stated?.value.mode;
    if (mode?.value === 'none') {
      const options = { side: 'key', related: [related('The mode.', mode.at)] } as const;
      const why = 'tls.clientCertificate.mode is "none"';
      report(diagnostic(certificatesNotAsked, at, { name, why }, options));
    }
  }
  if (tls.termination.value === 'upstream') {
    const options = { related: [related('Where TLS ends.', tls.termination.at)] };
    report(diagnostic(terminationUpstream, clientCertificate.at, {}, options));
  }
  return { ...tls, clientCertificate };
}

function clientCertificates(
  stated: NonNullable<RootBlock['tls']>['value']['clientCertificate'],
  readers: readonly CertificateAuthenticator[],
): Sourced<ClientCertificates> | undefined {
  const [reader] = readers;
  const fallback = reader === undefined ? 'none' : 'optional';
  if (stated !== undefined) {
    const { mode, ca, forward } = stated.value;
    const parts = byName(forward?.value ?? []).map(([header, part]) => ({ header, part: part.value }));
    return { value: { mode: mode?.value ?? fallback, ca, forward: parts }, at: stated.at };
  }
  return reader === undefined
    ? undefined
    : { value: { mode: 'optional', ca: reader.ca, forward: [] }, at: reader.ca.at };
}
