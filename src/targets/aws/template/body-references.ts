import type { Gateway } from '../../../model/gateway.ts';
import { invocationUri } from '../body/integration.ts';
import type { BodyReferences } from '../body/references.ts';
import { usesVpcLink } from '../features/backends.ts';
import { authorizer } from './authorizer-function.ts';
import { type Json, ref, sub } from './cloudformation.ts';

/** Logical id of the VPC link, and the parameter that names the load balancer behind it. */
export const vpcLink = 'VpcLink';
export const loadBalancerArn = 'LoadBalancerArn';

/** References of a body that is a part of the template. */
export function inTemplate(gateway: Gateway): BodyReferences {
  return {
    text: sub,
    authorizer: sub(invocationUri(`\${${authorizer}.Arn}`)),
    vpcLink: ref(vpcLink),
    loadBalancer: gateway.targets.aws.vpc?.value.loadBalancer ?? ref(loadBalancerArn),
    secret: (name, prefix) => `${prefix === undefined ? '' : `${prefix} `}${dynamicReference(name, gateway)}`,
    variables: {},
  };
}

/**
 * References of a body in S3: API Gateway replaces `${AWS::Region}` and the like on import, and `${stageVariables.x}`
 * when it is called ("Set up stage variables for REST APIs": function names, ids of VPC links, static values).
 */
export function inFile(gateway: Gateway): BodyReferences {
  const authorized = gateway.authenticators.length > 0;
  const linked = gateway.backends.some((backend) => usesVpcLink(backend, gateway));
  return {
    text: (written) => written,
    authorizer: invocationUri(
      'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${stageVariables.authorizer}',
    ),
    vpcLink: '${stageVariables.vpcLink}',
    loadBalancer: statedLoadBalancer(gateway, linked),
    secret: () => {
      throw new RangeError(
        'a back end has credentials, and a body of this size stands in a file, where no secret can be referred to; divide it with targets.aws.split',
      );
    },
    variables: {
      ...(authorized ? { authorizer: ref(authorizer) } : {}),
      ...(linked ? { vpcLink: ref(vpcLink) } : {}),
    },
  };
}

function statedLoadBalancer({ targets }: Gateway, linked: boolean): Json {
  const stated = targets.aws.vpc?.value.loadBalancer;
  if (stated === undefined && linked)
    throw new RangeError(
      'a body of this size stands in a file, which cannot refer to the load balancer of private back ends: name it in targets.aws.vpc',
    );
  return stated ?? '';
}

/** CloudFormation User Guide, "Get a secret or secret value from Secrets Manager": name, SecretString, member. */
function dynamicReference(name: string, { secrets }: Gateway): string {
  const source = secrets
    .find((one) => one.name === name)
    ?.sources.find(({ kind }) => kind === 'secretsManager');
  if (source === undefined) throw new RangeError(`the secret "${name}" is not in Secrets Manager`);
  const [id = '', member] = source.value.split('#');
  return `{{resolve:secretsmanager:${id}:SecretString${member === undefined ? '' : `:${member}`}}}`;
}
