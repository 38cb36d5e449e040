import type { Gateway } from '../../../model/gateway.ts';
import { usesVpcLink } from '../features/backends.ts';
import { loadBalancerArn, vpcLink } from './body-references.ts';
import { getAtt, type Json, ref, sub } from './cloudformation.ts';
import type { Fragment } from './fragment.ts';

/**
 * The way to private back ends: a VPC link (V2) to their load balancer. The network is the document's, or parameters of
 * the stack; then the stack makes a security group that reaches the ports of the back ends and nothing else.
 */
export function vpcLinkFragment(gateway: Gateway): Fragment {
  const linked = gateway.backends.filter((backend) => usesVpcLink(backend, gateway));
  if (linked.length === 0) return {};
  const stated = gateway.targets.aws.vpc?.value;
  if (stated !== undefined) return { Resources: { [vpcLink]: link(stated.subnets, stated.securityGroups) } };
  const ports = new Set(
    linked.flatMap((one) => (one.kind === 'http' ? one.nodes.map(({ value }) => value.port) : [])),
  );
  return {
    Parameters: {
      VpcId: { Type: 'AWS::EC2::VPC::Id', Description: 'Network of the private back ends.' },
      VpcSubnetIds: {
        Type: 'List<AWS::EC2::Subnet::Id>',
        Description: 'Subnets from which their load balancer is reached, in two availability zones at least.',
      },
      VpcCidr: {
        Type: 'String',
        Description: 'Addresses of the load balancer, 10.0.0.0/16: the link may connect to these.',
        AllowedPattern: '^[0-9.]+/[0-9]+$',
      },
      [loadBalancerArn]: {
        Type: 'String',
        Description: 'ARN of the load balancer that answers for private back ends.',
        AllowedPattern: '^arn:[a-z-]+:elasticloadbalancing:.+$',
      },
    },
    Resources: {
      [vpcLink]: link(ref('VpcSubnetIds'), [getAtt('VpcLinkSecurityGroup', 'GroupId')]),
      VpcLinkSecurityGroup: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'From the API to the load balancer of its private back ends.',
          VpcId: ref('VpcId'),
          SecurityGroupEgress: [...ports]
            .sort((a, b) => a - b)
            .map((port) => ({
              IpProtocol: 'tcp',
              FromPort: port,
              ToPort: port,
              CidrIp: ref('VpcCidr'),
              Description: 'The load balancer.',
            })),
        },
      },
    },
  };
}

function link(subnets: Json, securityGroups: Json) {
  return {
    Type: 'AWS::ApiGatewayV2::VpcLink',
    Properties: { Name: sub('${AWS::StackName}'), SubnetIds: subnets, SecurityGroupIds: securityGroups },
  };
}
