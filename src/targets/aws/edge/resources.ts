import type { Gateway } from '../../../model/gateway.ts';
import {
  getAtt,
  type Json,
  type Parameter,
  type Resource,
  type Template,
} from '../template/cloudformation.ts';
import {
  certificateParameter,
  cloudFrontFunction,
  distribution,
  distributionId,
  type EdgeHost,
} from './distribution.ts';
import type { EdgeFunctions } from './functions.ts';
import { originSecretConditions, originSecretParameters, originSecretResources } from './origin-secret.ts';
import { responseHeadersPolicy } from './response-headers.ts';

/** Route 53's id of the zone of every distribution (CloudFormation User Guide, `AWS::Route53::RecordSet` AliasTarget). */
const cloudFrontZone = 'Z2FDTNDATAQYW2';

export interface Edge {
  readonly gateway: Gateway;
  readonly hosts: readonly EdgeHost[];
  /** Id of the Route 53 zone; without one nobody writes records. */
  readonly hostedZone: Json | undefined;
  readonly functions: EdgeFunctions;
}

/** The parts of the regional template that stand in front of the API. Logical ids begin with `Edge`. */
export function edgeResources(
  edge: Edge,
): Required<Pick<Template, 'Parameters' | 'Conditions' | 'Resources' | 'Outputs'>> {
  const { gateway, hosts, hostedZone, functions } = edge;
  return {
    Parameters: { ...hostParameters(hosts), ...edgeParameters(gateway), ...originSecretParameters },
    Conditions: { ...edgeConditions, ...originSecretConditions },
    Resources: {
      ...originSecretResources,
      EdgeViewerRequest: cloudFrontFunction('viewer-request', functions.viewerRequest.code),
      EdgeViewerResponse: cloudFrontFunction('viewer-response', functions.viewerResponse.code),
      EdgeResponseHeaders: responseHeadersPolicy(gateway),
      ...Object.fromEntries(hosts.map((host) => [distributionId(host.id), distribution(gateway, host)])),
      ...(hostedZone === undefined
        ? {}
        : Object.fromEntries(hosts.flatMap((host) => records(host, hostedZone)))),
    },
    Outputs: Object.fromEntries(
      hosts.map(({ name, id }) => [
        `EdgeDomainName${id}`,
        {
          Description: `Where the DNS name ${name} must lead: an alias or CNAME of the distribution.`,
          Value: getAtt(distributionId(id), 'DomainName'),
        },
      ]),
    ),
  };
}

const edgeConditions: Readonly<Record<string, Json>> = {
  EdgeHasWebAcl: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'EdgeWebAclArn' }, ''] }] },
  EdgeHasLogBucket: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'EdgeLogBucket' }, ''] }] },
};

function hostParameters(hosts: readonly EdgeHost[]): Readonly<Record<string, Parameter>> {
  return Object.fromEntries(
    hosts.map(({ name, id }) => [
      certificateParameter(id),
      {
        Type: 'String',
        Description: `Output of the stack in us-east-1: the certificate of ${name}.`,
        AllowedPattern: 'arn:aws[a-z-]*:acm:us-east-1:[0-9]{12}:certificate/.+',
      } satisfies Parameter,
    ]),
  );
}

function edgeParameters({ accessLog }: Gateway): Readonly<Record<string, Parameter>> {
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

function records({ name, id }: EdgeHost, hostedZone: Json): readonly (readonly [string, Resource])[] {
  return (['A', 'AAAA'] as const).map((type) => [
    `EdgeRecord${type === 'A' ? 'V4' : 'V6'}${id}`,
    {
      Type: 'AWS::Route53::RecordSet',
      Properties: {
        HostedZoneId: hostedZone,
        Name: name,
        Type: type,
        AliasTarget: { HostedZoneId: cloudFrontZone, DNSName: getAtt(distributionId(id), 'DomainName') },
      },
    },
  ]);
}
