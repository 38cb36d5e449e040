import type { Gateway, Tls } from '../../../model/gateway.ts';
import { hasDistribution } from '../edge/has-distribution.ts';

/**
 * The oldest TLS that a domain name or a REST API answers. `TLS_1_2` takes 1.2 and 1.3. The policy without 1.2 is an
 * enhanced one, which needs an access mode: STRICT takes requests only for the name that the handshake named. API
 * Gateway negotiates by the policy of the API behind a domain name, so both state the same (API Gateway Developer
 * Guide, "Choose a security policy for your custom domain in API Gateway"). A distribution talks TLS 1.2 to its origin
 * (CloudFront Developer Guide, "Minimum origin SSL protocol"); what clients talk is stated there.
 */
export function securityPolicy(gateway: Gateway): {
  readonly SecurityPolicy: string;
  readonly EndpointAccessMode?: 'STRICT';
} {
  return gateway.tls.minVersion.value === '1.3' && !hasDistribution(gateway)
    ? { SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'STRICT' }
    : { SecurityPolicy: 'TLS_1_2' };
}

/** Whether domain names ask clients for certificates: for each connection, of every operation. */
export function asksForClientCertificates({ clientCertificate }: Tls): boolean {
  return clientCertificate !== undefined && clientCertificate.value.mode !== 'none';
}
