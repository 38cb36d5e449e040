import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { ClientCertificateMode } from '../../model/authentication.ts';
import type { OperationFeatures, Tls } from '../../model/gateway.ts';
import type { Sourced } from '../../model/origin.ts';
import { certificateAuthorityMissing, certificateRelaxedBelowRoot } from '../diagnostics.ts';

const strength: { readonly [M in ClientCertificateMode]: number } = { none: 0, optional: 1, require: 2 };

/** Whether one mode asks for less than another. */
export function isWeaker(one: ClientCertificateMode, other: ClientCertificateMode): boolean {
  return strength[one] < strength[other];
}

/**
 * What an operation demands of client certificates: the strictest of its levels and of the listener, which no level can
 * relax. Undefined for none.
 */
export function effectiveClientCertificate(
  stated: Sourced<ClientCertificateMode> | undefined,
  listener: Tls['clientCertificate'],
  report: Report,
): OperationFeatures['clientCertificate'] {
  const root: Sourced<ClientCertificateMode> | undefined =
    listener === undefined ? undefined : { value: listener.value.mode, at: listener.at };
  if (stated !== undefined && stated.value !== 'none' && root === undefined) {
    report(diagnostic(certificateAuthorityMissing, stated.at, { stated: stated.value }));
    return undefined;
  }
  if (stated !== undefined && root?.value === 'require' && isWeaker(stated.value, root.value)) {
    const options = { related: [related('The listener.', root.at)] };
    report(
      diagnostic(certificateRelaxedBelowRoot, stated.at, { stated: stated.value, root: root.value }, options),
    );
  }
  const strictest =
    root === undefined || (stated !== undefined && isWeaker(root.value, stated.value)) ? stated : root;
  return strictest === undefined || strictest.value === 'none' ? undefined : strictest;
}
