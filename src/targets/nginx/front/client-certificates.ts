import type { CertificatePart } from '../../../model/authentication.ts';
import type { Gateway } from '../../../model/gateway.ts';
import { secretPath } from '../secrets.ts';
import { type Piece, variable } from '../token.ts';

/**
 * Variables of ngx_http_ssl_module. They hold something only where the certificate was verified: one that was not ends
 * the request, and nobody else fills them. Names are RFC 4514 text with bytes beyond ASCII escaped.
 */
const variables: { readonly [P in CertificatePart]: string } = {
  subject: 'ssl_client_s_dn',
  issuer: 'ssl_client_i_dn',
  serial: 'ssl_client_serial',
  certificate: 'ssl_client_escaped_cert',
};

/** What an owned header carries of the client certificate; undefined for one that an authenticator fills. */
export function certificatePiece({ tls }: Gateway, header: string): Piece | undefined {
  const lower = header.toLowerCase();
  const forwarded = tls.clientCertificate?.value.forward.find((one) => one.header.toLowerCase() === lower);
  return forwarded === undefined ? undefined : variable(variables[forwarded.part]);
}

/** File of the authorities whose clients the TLS listeners ask for certificates; undefined when they ask for none. */
export function clientAuthorities(gateway: Gateway): string | undefined {
  const asked = gateway.tls.clientCertificate?.value;
  return asked === undefined ? undefined : secretPath(gateway, asked.ca.value);
}
