import type { Gateway } from '../../../model/gateway.ts';
import type { Fragment } from './fragment.ts';

export const clientCertificate = 'ClientCertificate';

/** Whether some back end wants to see the certificate of API Gateway; its stages then show it to all of them. */
export function presentsCertificate({ backends }: Gateway): boolean {
  return backends.some((one) => one.kind === 'http' && one.tls?.clientCertificate?.value === 'managed');
}

/**
 * A certificate that API Gateway makes and signs itself, for 365 days; nobody renews it, so that back ends that refuse
 * expired ones need another by then (API Gateway Developer Guide, "Generate and configure an SSL certificate for backend
 * authentication in API Gateway").
 */
export function clientCertificateFragment(gateway: Gateway): Fragment {
  if (!presentsCertificate(gateway)) return {};
  return {
    Resources: {
      [clientCertificate]: {
        Type: 'AWS::ApiGateway::ClientCertificate',
        Properties: { Description: 'Shown to back ends of the API.' },
      },
    },
    Outputs: {
      [clientCertificate]: {
        Description:
          'Id of the certificate that back ends must trust: aws apigateway get-client-certificate.',
        Value: { Ref: clientCertificate },
      },
    },
  };
}
