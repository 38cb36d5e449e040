import type { Gateway } from '../../../model/gateway.ts';
import { hasDistribution } from '../edge/has-distribution.ts';
import type { AwsPlan } from '../plan.ts';
import { certificateArn, requestedCertificates, statedCertificate } from './certificate.ts';
import { getAtt, type Resource, ref } from './cloudformation.ts';
import type { Fragment } from './fragment.ts';
import { hasHostedZone, hostedZone, hostedZoneId } from './hosted-zone.ts';
import { idFor, idOf } from './logical-id.ts';
import { type MutualTls, mutualTls } from './mutual-tls.ts';
import { securityPolicy } from './security-policy.ts';

/**
 * The front door: for each host a regional domain name with its certificate and addresses, mapped to the stages; the
 * addresses are those of the distribution, where there is one. The API answers under these names only, so its own
 * `execute-api` endpoint is to be disabled.
 */
export function domains({ gateway, apis }: AwsPlan): Fragment {
  const hosts = [...new Set(apis.flatMap((api) => api.hosts.map(({ name }) => name)))];
  const requested = statedCertificate(gateway) === undefined ? requestedCertificates(hosts) : {};
  const zone = hostedZone(gateway);
  const clients = mutualTls(gateway);
  return {
    Parameters: { ...zone.Parameters, ...clients.fragment.Parameters },
    Conditions: { ...zone.Conditions, ...clients.fragment.Conditions },
    Resources: {
      ...requested,
      ...Object.fromEntries(
        hosts.map((host, index) => [
          idFor('Domain', host),
          domainName(host, gateway, clients, hosts[index - 1]),
        ]),
      ),
      ...Object.fromEntries(apis.flatMap((api) => api.hosts.map(({ name }) => mapping(name, api)))),
      ...(hasDistribution(gateway) ? {} : Object.fromEntries(hosts.flatMap(records))),
    },
    Outputs: hasDistribution(gateway) ? {} : targets(hosts),
  };
}

function targets(hosts: readonly string[]): NonNullable<Fragment['Outputs']> {
  return Object.fromEntries(
    hosts.map((host) => [
      `${idFor('Domain', host)}Target`,
      {
        Description: `Where the DNS record of ${host} points to.`,
        Value: getAtt(idFor('Domain', host), 'RegionalDomainName'),
      },
    ]),
  );
}

/** One after another: an account may make one domain name in 30 seconds (API Gateway Developer Guide, "Quotas"). */
function domainName(
  host: string,
  gateway: Gateway,
  clients: MutualTls,
  before: string | undefined,
): Resource {
  return {
    Type: 'AWS::ApiGateway::DomainName',
    ...(before === undefined ? {} : { DependsOn: idFor('Domain', before) }),
    Properties: {
      DomainName: host,
      RegionalCertificateArn: certificateArn(host, gateway),
      ...securityPolicy(gateway),
      EndpointConfiguration: { Types: ['REGIONAL'], IpAddressType: 'dualstack' },
      ...clients.properties,
    },
  };
}

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
