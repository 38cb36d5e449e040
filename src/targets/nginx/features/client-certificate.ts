import type { ClientCertificateMode } from '../../../model/authentication.ts';
import type { Gateway, Host, Operation } from '../../../model/gateway.ts';
import type { Sourced } from '../../../model/origin.ts';
import type { Lowering, OperationScope, Outcome } from '../../target.ts';

/**
 * Certificates are asked for in the handshake and verified there; one that does not verify ends the request with 400,
 * on every operation. Without TLS of its own a listener has nothing to ask.
 */
export const clientCertificate: Lowering<
  Sourced<ClientCertificateMode>,
  OperationScope,
  ClientCertificateMode
> = {
  support: 'full',
  note: 'asked for in the handshake; an operation that requires one answers 403 without it',
  lower: ({ value }, { gateway, operation }): Outcome<ClientCertificateMode> => {
    const reason = value === 'require' ? refusal(gateway, operation) : undefined;
    return reason === undefined
      ? { kind: 'exact', part: value }
      : {
          kind: 'unsupported',
          reason,
          instead: 'Serve it at an https server with tls.termination "here".',
        };
  },
};

function refusal(gateway: Gateway, operation: Operation): string | undefined {
  if (gateway.tls.clientCertificate === undefined) return 'no authority of client certificates is named';
  if (gateway.tls.termination.value === 'upstream') return 'TLS ends before it reaches nginx';
  if (operation.features.exposure.value === 'internal') return 'the internal listener has no TLS';
  const plain = hostsOf(gateway, operation).find(({ scheme }) => scheme === 'http');
  return plain === undefined ? undefined : `the host "${plain.name}" is served without TLS`;
}

/** Every host that serves an operation. */
export function hostsOf(gateway: Gateway, operation: Operation): readonly Host[] {
  return gateway.sites.flatMap(({ hosts, routes }) =>
    routes.some(({ operations }) => operations.includes(operation)) ? hosts : [],
  );
}
