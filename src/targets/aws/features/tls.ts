import type { Gateway, Host, Tls } from '../../../model/gateway.ts';
import type { Origin } from '../../../model/origin.ts';
import type { Lowering, Outcome } from '../../target.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import { isStated } from '../stated.ts';
import { statedCertificate } from '../template/certificate.ts';
import { asksForClientCertificates } from '../template/security-policy.ts';

/**
 * Regional domain names: TLS 1.2 or 1.3 at least, certificates of AWS Certificate Manager, client certificates of every
 * connection or of none. Nothing listens for plain HTTP, which is one of the two answers to it (BEHAVIOUR.md T2).
 */
export const tls: Lowering<Tls, Gateway, Tls> = {
  support: 'partial',
  note: 'TLS 1.2 or 1.3; certificates of ACM; client certificates required of every connection, or none',
  lower: (asked, gateway): Outcome<Tls> => refusalOf(asked, gateway) ?? hstsOf(asked, gateway),
};

/** Answers of back ends pass as they are; only a distribution in front adds headers to them. */
function hstsOf(asked: Tls, gateway: Gateway): Outcome<Tls> {
  if (hasDistribution(gateway)) return { kind: 'exact', part: asked, remark: plainHttp(asked) };
  const { at } = asked.hstsSeconds;
  return isStated(at, 'hsts')
    ? refusal(
        'it adds Strict-Transport-Security to its own answers, and no header to those of back ends',
        'Write targets.aws.edge: cloudfront, or leave tls.hsts out and let the back ends send the header.',
        at,
      )
    : {
        kind: 'exact',
        part: asked,
        remark:
          'Strict-Transport-Security is in answers of the gateway itself, those of back ends pass as they are',
      };
}

function plainHttp({ redirectHttp }: Tls): string {
  return redirectHttp.value
    ? 'CloudFront redirects plain HTTP with 301, other targets with 308'
    : 'CloudFront answers plain HTTP with 403, where other targets have no open port';
}

type Refusal = Extract<Outcome<never>, { kind: 'unsupported' }>;

const refusal = (reason: string, instead: string | undefined, at: Origin): Refusal => ({
  kind: 'unsupported',
  reason,
  instead,
  at,
});

function refusalOf(asked: Tls, gateway: Gateway): Refusal | undefined {
  const { termination, clientCertificate, minVersion } = asked;
  if (termination.value === 'upstream')
    return refusal('API Gateway ends TLS itself', 'Write tls.termination: here.', termination.at);
  for (const host of gateway.sites.flatMap(({ hosts }) => hosts)) {
    const refused = refusalOfHost(host, gateway);
    if (refused !== undefined) return refused;
  }
  if (clientCertificate === undefined || !asksForClientCertificates(asked)) return undefined;
  if (hasDistribution(gateway))
    return refusal(
      'a distribution of CloudFront ends the connections of clients, and shows no certificate to the domain behind it',
      'Write targets.aws.edge: none.',
      clientCertificate.at,
    );
  if (clientCertificate.value.mode === 'optional')
    return refusal(
      'a domain name asks every connection for a client certificate, or none',
      'Write tls.clientCertificate.mode: require, or serve the operations that need one under a host of their own.',
      clientCertificate.at,
    );
  if (minVersion.value === '1.3')
    return refusal(
      'a domain name that refuses TLS 1.2 cannot ask for client certificates',
      "Write tls.minVersion: '1.2'.",
      minVersion.at,
    );
  return undefined;
}

/** A name of ACM's is a domain name, at most 64 characters long where ACM makes the certificate (RFC 5280 ub-common-name). */
function refusalOfHost({ name, scheme, port, at }: Host, gateway: Gateway): Refusal | undefined {
  if (scheme !== 'https' || port !== 443)
    return refusal(
      `${scheme}://${name}:${port} cannot be served: API Gateway answers https on port 443 only`,
      `Name a server https://<host>, for this target by environments.<name> or --server.`,
      at,
    );
  if (!/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(name))
    return refusal(`"${name}" is no domain name that a certificate can be made for`, undefined, at);
  if (name.length > 64 && statedCertificate(gateway) === undefined)
    return refusal(
      `AWS Certificate Manager makes no certificate for "${name}", which has more than 64 characters`,
      'Import a certificate and name it in tls.certificate.acm.',
      at,
    );
  return undefined;
}
