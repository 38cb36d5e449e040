import type { Gateway } from '../../../model/gateway.ts';
import type { AwsPlan } from '../plan.ts';
import { certificateArn, requestedCertificates, statedCertificate } from './certificate.ts';
import { getAtt, ifElse, type Json, noValue, type Resource, ref } from './cloudformation.ts';
import type { Fragment } from './fragment.ts';
import { hasHostedZone, hostedZone, hostedZoneId } from './hosted-zone.ts';
import { idFor, idOf } from './logical-id.ts';
import { asksForClientCertificates, securityPolicy } from './security-policy.ts';

/**
 * The front door: for each host a regional domain name with its certificate and addresses, mapped to the stages. The
 * API answers under these names only, so its own `execute-api` endpoint is to be disabled.
 */
export function domains({ gateway, apis }: AwsPlan): Fragment {
  const hosts = [...new Set(apis.flatMap((api) => api.hosts.map(({ name }) => name)))];
  const requested = statedCertificate(gateway) === undefined ? requestedCertificates(hosts) : {};
  const zone = hostedZone(gateway);
  return {
    Parameters: { ...zone.Parameters, ...(asksForClientCertificates(gateway.tls) ? trustStore : {}) },
    Conditions: {
      ...zone.Conditions,
      ...(asksForClientCertificates(gateway.tls) ? trustStoreConditions : {}),
    },
    Resources: {
      ...requested,
      ...Object.fromEntries(hosts.map((host) => [idFor('Domain', host), domainName(host, gateway)])),
      ...Object.fromEntries(apis.flatMap((api) => api.hosts.map(({ name }) => mapping(name, api)))),
      ...Object.fromEntries(hosts.flatMap(records)),
    },
    Outputs: Object.fromEntries(
      hosts.map((host) => [
        `${idFor('Domain', host)}Target`,
        {
          Description: `Where the DNS record of ${host} points to.`,
          Value: getAtt(idFor('Domain', host), 'RegionalDomainName'),
        },
      ]),
    ),
  };
}

function domainName(host: string, gateway: Gateway): Resource {
  const clients = asksForClientCertificates(gateway.tls);
  return {
    Type: 'AWS::ApiGateway::DomainName',
    Properties: {
      DomainName: host,
      RegionalCertificateArn: certificateArn(host, gateway),
      ...securityPolicy(gateway.tls),
      EndpointConfiguration: { Types: ['REGIONAL'], IpAddressType: 'dualstack' },
      MutualTlsAuthentication: clients ? mutualTls : undefined,
      OwnershipVerificationCertificateArn:
        clients && statedCertificate(gateway) !== undefined
          ? ifElse('HasOwnershipCertificate', ref('OwnershipCertificateArn'), noValue)
          : undefined,
    },
  };
}

const mutualTls: Json = {
  TruststoreUri: ref('TrustStoreUri'),
  TruststoreVersion: ifElse('HasTrustStoreVersion', ref('TrustStoreVersion'), noValue),
};

/**
 * Mutual TLS wants a certificate that ACM itself issued as the proof of who owns the name, also where an imported one is
 * shown (API Gateway Developer Guide, "How to turn on mutual TLS authentication for your REST APIs").
 */
const trustStore: Fragment['Parameters'] = {
  TrustStoreUri: {
    Type: 'String',
    Description: 'The authorities of client certificates: a PEM file in S3, s3://bucket/key, of this region.',
    AllowedPattern: '^s3://.+/.+$',
  },
  TrustStoreVersion: {
    Type: 'String',
    Description: 'Version of that object, where the bucket keeps versions: a new one takes effect with it.',
    Default: '',
  },
  OwnershipCertificateArn: {
    Type: 'String',
    Description:
      'ARN of a certificate of ACM for the same names, where the stated one is imported or of a private authority.',
    Default: '',
  },
};

const trustStoreConditions: Fragment['Conditions'] = {
  HasTrustStoreVersion: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'TrustStoreVersion' }, ''] }] },
  HasOwnershipCertificate: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'OwnershipCertificateArn' }, ''] }] },
};

function mapping(
  host: string,
  api: { readonly suffix: string; readonly mappingKey: string | undefined },
): [string, Resource] {
  return [
    idFor(`Mapping${api.suffix}`, host),
    {
      Type: 'AWS::ApiGatewayV2::ApiMapping',
      Properties: {
        DomainName: ref(idFor('Domain', host)),
        ApiId: ref(idOf('RestApi', api)),
        Stage: ref(idOf('Stage', api)),
        ApiMappingKey: api.mappingKey,
      },
    },
  ];
}

/** Addresses of both families. */
function records(host: string): readonly [string, Resource][] {
  return (['A', 'AAAA'] as const).map((type) => [
    idFor(`Record${type}`, host),
    {
      Type: 'AWS::Route53::RecordSet',
      Condition: hasHostedZone,
      Properties: {
        HostedZoneId: ref(hostedZoneId),
        Name: host,
        Type: type,
        AliasTarget: {
          DNSName: getAtt(idFor('Domain', host), 'RegionalDomainName'),
          HostedZoneId: getAtt(idFor('Domain', host), 'RegionalHostedZoneId'),
        },
      },
    },
  ]);
}
