import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { Authenticator } from '../../model/authentication.ts';
import type { Tls } from '../../model/gateway.ts';
import { forwardsCredential, headerOwnedTwice } from '../diagnostics.ts';

/** Names of headers that authenticators and client certificates fill, each once, in the spelling that comes first. */
export function ownedHeaders(
  authenticators: readonly Authenticator[],
  { clientCertificate }: Tls,
): readonly string[] {
  const owned = new Map<string, string>();
  const written = [
    ...authenticators.flatMap(({ forward }) => forward),
    ...(clientCertificate?.value.forward ?? []),
  ];
  for (const { header } of written) {
    if (!owned.has(header.toLowerCase())) owned.set(header.toLowerCase(), header);
  }
  return [...owned.values()];
}

/** An owned header carries no credential, and parts of a certificate have headers of their own. */
export function checkOwnedHeaders(
  authenticators: readonly Authenticator[],
  { clientCertificate }: Tls,
  report: Report,
): void {
  const carriers = new Set(
    authenticators.flatMap(({ from }) =>
      from.value.flatMap((place) => (place.kind === 'header' ? [place.name.toLowerCase()] : [])),
    ),
  );
  const parts = clientCertificate?.value.forward ?? [];
  for (const { header } of parts) {
    if (carriers.has(header.toLowerCase()))
      report(diagnostic(forwardsCredential, clientCertificate?.at, { header }));
  }
  for (const { name, forward, at } of authenticators) {
    for (const { header } of forward) {
      if (carriers.has(header.toLowerCase())) report(diagnostic(forwardsCredential, at, { header }));
      if (clientCertificate === undefined) continue;
      if (!parts.some((part) => part.header.toLowerCase() === header.toLowerCase())) continue;
      const options = { related: [related('The part of the certificate.', clientCertificate.at)] };
      report(diagnostic(headerOwnedTwice, at, { header, name }, options));
    }
  }
}
