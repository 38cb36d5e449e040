import type { Gateway } from '../../../model/gateway.ts';
import { requestedCertificates } from '../template/certificate.ts';
import { getAtt, type Json, type Resource, ref, type Template } from '../template/cloudformation.ts';
import { hostedZone } from '../template/hosted-zone.ts';
import { idFor } from '../template/logical-id.ts';
import { certificateParameter } from './distribution.ts';
import { edgeHosts } from './resources.ts';

/**
 * What must live in us-east-1: certificates of distributions (CloudFront Developer Guide, "Requirements for using
 * SSL/TLS certificates with CloudFront") and web ACLs of scope CLOUDFRONT (AWS WAF Developer Guide, "Resources that you
 * can protect"). Deployed first; its outputs are parameters of the regional template, under the same names. `rules`: of a
 * web ACL at the edge, where there are some.
 */
export function globalTemplate(gateway: Gateway, rules: readonly Json[]): Template {
  const hosts = edgeHosts(gateway);
  const acl = rules.length > 0;
  const zone = hostedZone(gateway);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `What the edge of ${gateway.name} needs in us-east-1. Deploy it before the regional template.`,
    Parameters: zone.Parameters ?? {},
    Conditions: zone.Conditions ?? {},
    Resources: { ...requestedCertificates(hosts), ...(acl ? { EdgeWebAcl: webAcl(rules) } : {}) },
    Outputs: {
      ...Object.fromEntries(
        hosts.map((host) => [
          certificateParameter(host),
          { Description: `Certificate of ${host}.`, Value: ref(idFor('Certificate', host)) },
        ]),
      ),
      ...(acl
        ? {
            EdgeWebAclArn: {
              Description: 'Web ACL of the distributions.',
              Value: getAtt('EdgeWebAcl', 'Arn'),
            },
          }
        : {}),
    },
  };
}

function webAcl(rules: readonly Json[]): Resource {
  return {
    Type: 'AWS::WAFv2::WebACL',
    Properties: {
      Scope: 'CLOUDFRONT',
      DefaultAction: { Allow: {} },
      Rules: rules,
      VisibilityConfig: {
        SampledRequestsEnabled: false,
        CloudWatchMetricsEnabled: true,
        MetricName: 'edge',
      },
    },
  };
}
