import type { Gateway } from '../../../model/gateway.ts';
import { getAtt, type Json, type Parameter, type Resource, ref } from '../template/cloudformation.ts';
import type { Fragment } from '../template/fragment.ts';
import { hasHostedZone, hostedZone, hostedZoneId } from '../template/hosted-zone.ts';
import { idFor } from '../template/logical-id.ts';
import { certificateParameter, cloudFrontFunction, distribution, distributionId } from './distribution.ts';
import { edgeFunctions } from './functions.ts';
import { originSecretConditions, originSecretParameters, originSecretResources } from './origin-secret.ts';
import { responseHeadersPolicy } from './response-headers.ts';

/** Route 53's id of the zone of every distribution (AWS General Reference, "Amazon CloudFront endpoints and quotas"). */
const cloudFrontZone = 'Z2FDTNDATAQYW2';

/** Hosts of the front door, each once. */
export function edgeHosts({ sites }: Gateway): readonly string[] {
  return [...new Set(sites.flatMap(({ hosts }) => hosts.map(({ name }) => name)))];
}

/** What stands in front of the regional API, with the addresses of its hosts. */
export function edgeResources(gateway: Gateway): Fragment {
  const hosts = edgeHosts(gateway);
  const functions = edgeFunctions(gateway);
  const zone = hostedZone(gateway);
  return {
    Parameters: {
      ...zone.Parameters,
      ...Object.fromEntries(hosts.map((host) => [certificateParameter(host), certificateOf(host)])),
      ...optionalParameters(gateway),
      ...originSecretParameters,
    },
    Conditions: { ...zone.Conditions, ...optionalConditions, ...originSecretConditions },
    Resources: {
      ...originSecretResources,
      EdgeViewerRequest: cloudFrontFunction('viewer-request', functions.viewerRequest.code),
      EdgeViewerResponse: cloudFrontFunction('viewer-response', functions.viewerResponse.code),
      EdgeResponseHeaders: responseHeadersPolicy(gateway),
      ...Object.fromEntries(hosts.map((host) => [distributionId(host), distribution(gateway, host)])),
      ...Object.fromEntries(hosts.flatMap(records)),
    },
    Outputs: Object.fromEntries(
      hosts.map((host) => [
        idFor('EdgeDomainName', host),
        {
          Description: `Where the DNS record of ${host} points to.`,
          Value: getAtt(distributionId(host), 'DomainName'),
        },
      ]),
    ),
  };
}

const optionalConditions: Readonly<Record<string, Json>> = {
  EdgeHasWebAcl: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'EdgeWebAclArn' }, ''] }] },
  EdgeHasLogBucket: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'EdgeLogBucket' }, ''] }] },
};

function certificateOf(host: string): Parameter {
  return {
    Type: 'String',
    Description: `Output of the stack in us-east-1: the certificate of ${host}.`,
    AllowedPattern: 'arn:aws[a-z-]*:acm:us-east-1:[0-9]{12}:certificate/.+',
  };
}

function optionalParameters({ accessLog }: Gateway): Readonly<Record<string, Parameter>> {
  const secret = accessLog.redact.some((field) => field.startsWith('query.'));
  const warning = secret ? ' Its logs hold whole queries, also what this API takes as a secret there.' : '';
  return {
    EdgeWebAclArn: {
      Type: 'String',
      Description: 'Output of the stack in us-east-1: the web ACL of the distributions; empty for none.',
      Default: '',
    },
    EdgeLogBucket: {
      Type: 'String',
      Description: `Domain name of an S3 bucket for logs of the distributions; empty for none.${warning}`,
      Default: '',
    },
  };
}

function records(host: string): readonly (readonly [string, Resource])[] {
  return (['A', 'AAAA'] as const).map((type) => [
    idFor(`EdgeRecord${type}`, host),
    {
      Type: 'AWS::Route53::RecordSet',
      Condition: hasHostedZone,
      Properties: {
        HostedZoneId: ref(hostedZoneId),
        Name: host,
        Type: type,
        AliasTarget: { HostedZoneId: cloudFrontZone, DNSName: getAtt(distributionId(host), 'DomainName') },
      },
    },
  ]);
}
