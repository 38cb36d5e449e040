import { type Json, ref, type Template } from '../template/cloudformation.ts';
import { certificateParameter, type EdgeHost } from './distribution.ts';

interface GlobalEdge {
  /** Name of the gateway, for people. */
  readonly name: string;
  readonly hosts: readonly Pick<EdgeHost, 'name' | 'id'>[];
  /** Id of the Route 53 zone in which certificates are validated. */
  readonly hostedZone: Json | undefined;
  /** Rules of a web ACL at the edge; none for no ACL. */
  readonly rules: readonly Json[];
}

/**
 * What must live in us-east-1: certificates of distributions (AWS Certificate Manager User Guide, "Supported Regions")
 * and web ACLs of scope CLOUDFRONT (AWS WAF Developer Guide, "Resources that you can protect"). Deployed first; its
 * outputs are parameters of the regional template, under the same names.
 */
export function globalTemplate({ name, hosts, hostedZone, rules }: GlobalEdge): Template {
  const acl = rules.length > 0;
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `What the edge of ${name} needs in us-east-1. Deploy it before the regional template.`,
    Resources: {
      ...Object.fromEntries(
        hosts.map((host) => [certificateId(host.id), certificate(host.name, hostedZone)] as const),
      ),
      ...(acl ? { EdgeWebAcl: webAcl(rules) } : {}),
    },
    Outputs: {
      ...Object.fromEntries(
        hosts.map((host) => [
          certificateParameter(host.id),
          { Description: `Certificate of ${host.name}.`, Value: ref(certificateId(host.id)) },
        ]),
      ),
      ...(acl
        ? {
            EdgeWebAclArn: {
              Description: 'Web ACL of the distributions.',
              Value: { 'Fn::GetAtt': ['EdgeWebAcl', 'Arn'] },
            },
          }
        : {}),
    },
  };
}

const certificateId = (id: string): string => `EdgeCertificate${id}`;

function certificate(name: string, hostedZone: Json | undefined): Template['Resources'][string] {
  return {
    Type: 'AWS::CertificateManager::Certificate',
    Properties: {
      DomainName: name,
      ValidationMethod: 'DNS',
      ...(hostedZone === undefined
        ? {}
        : { DomainValidationOptions: [{ DomainName: name, HostedZoneId: hostedZone }] }),
    },
  };
}

function webAcl(rules: readonly Json[]): Template['Resources'][string] {
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
