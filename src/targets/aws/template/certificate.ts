import type { Gateway } from '../../../model/gateway.ts';
import { ifElse, type Json, noValue, type Resource, ref } from './cloudformation.ts';
import { hasHostedZone, hostedZoneId } from './hosted-zone.ts';
import { idFor } from './logical-id.ts';

/**
 * The certificates that the stack asks AWS Certificate Manager for, validated by DNS: with a hosted zone it writes the
 * record itself, without one it waits until somebody has written the record that ACM shows.
 */
export function requestedCertificates(hosts: readonly string[]): { readonly [id: string]: Resource } {
  return Object.fromEntries(hosts.map((host) => [idFor('Certificate', host), certificate(host)]));
}

function certificate(host: string): Resource {
  return {
    Type: 'AWS::CertificateManager::Certificate',
    Properties: {
      DomainName: host,
      ValidationMethod: 'DNS',
      DomainValidationOptions: ifElse(
        hasHostedZone,
        [{ DomainName: host, HostedZoneId: ref(hostedZoneId) }],
        noValue,
      ),
    },
  };
}

/** ARN of the certificate of a host: the one that is there already, else the one that the stack asks for. */
export function certificateArn(host: string, gateway: Gateway): Json {
  return statedCertificate(gateway) ?? ref(idFor('Certificate', host));
}

/** ARN of a certificate of ACM that the document names. */
export function statedCertificate({ tls }: Gateway): string | undefined {
  return tls.certificate?.value.acm;
}
