import type { Json } from '../../template/cloudformation.ts';
import type { Block } from '../configuration.ts';
import type { Mapping, Place } from '../mapping.ts';
import { argument, argumentsOf, beside, listOf } from '../rules.ts';

export const vpcLink: Mapping = {
  type: 'aws_apigatewayv2_vpc_link',
  properties: {
    Name: argument('name'),
    SubnetIds: argument('subnet_ids'),
    SecurityGroupIds: argument('security_group_ids'),
  },
  attributes: { Ref: 'id' },
};

/** Rules are resources of their own; the provider takes away the one that AWS gives every new group. */
export const securityGroup: Mapping = {
  type: 'aws_security_group',
  properties: {
    GroupDescription: argument('description'),
    VpcId: argument('vpc_id'),
    SecurityGroupEgress: beside,
  },
  fixed: ({ scope }) => ({ name_prefix: `\${${scope.reference('AWS::StackName', 'Ref')}}-` }),
  attributes: { GroupId: 'id' },
  createFirst: true,
  beside: (place) =>
    listOf(place.property('SecurityGroupEgress'), place).map((one) => egressRule(one, place)),
};

function egressRule(value: Json, place: Place): Block {
  const { FromPort } = value as { readonly [member: string]: Json };
  return {
    kind: 'resource',
    type: 'aws_vpc_security_group_egress_rule',
    name: `${place.name}_${String(FromPort)}`,
    arguments: {
      security_group_id: `\${aws_security_group.${place.name}.id}`,
      ...argumentsOf(
        value,
        {
          IpProtocol: argument('ip_protocol'),
          FromPort: argument('from_port'),
          ToPort: argument('to_port'),
          CidrIp: argument('cidr_ipv4'),
          Description: argument('description'),
        },
        place,
      ),
    },
  };
}
