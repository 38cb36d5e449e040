import { type Json, sub } from '../../template/cloudformation.ts';
import type { Block } from '../configuration.ts';
import type { Mapping, Place } from '../mapping.ts';
import { nameFor } from '../names.ts';
import { always, argument, beside, block, document, kept, listOf } from '../rules.ts';
import { jsonOf } from '../value.ts';

/** The folder beside the configuration that holds the code. */
const folder = './authorizer';

/**
 * A zip cannot be emitted as text: it is made of the folder when Terraform plans. Its hash changes with what is in it,
 * not with the machine: times are left out and modes are set (provider documentation, "archive_file").
 */
export const lambdaFunction: Mapping = {
  type: 'aws_lambda_function',
  properties: {
    Description: argument('description'),
    Runtime: argument('runtime'),
    Architectures: argument('architectures'),
    Handler: argument('handler'),
    Code: always(folder),
    Role: argument('role'),
    MemorySize: argument('memory_size'),
    Timeout: argument('timeout'),
    ReservedConcurrentExecutions: argument('reserved_concurrent_executions'),
    LoggingConfig: block('logging_config', { LogGroup: argument('log_group') }, { log_format: 'Text' }),
    TracingConfig: block('tracing_config', { Mode: argument('mode') }),
  },
  fixed: ({ name, scope }) => ({
    function_name: jsonOf(sub(`\${AWS::StackName}-${name}`), scope),
    filename: `\${data.archive_file.${name}.output_path}`,
    source_code_hash: `\${data.archive_file.${name}.output_base64sha256}`,
  }),
  attributes: { Ref: 'function_name', Arn: 'arn' },
  beside: ({ name }) => [
    {
      kind: 'data',
      type: 'archive_file',
      name,
      arguments: {
        type: 'zip',
        source_dir: `\${path.module}/${folder.slice(2)}`,
        output_path: `\${path.module}/.terraform/\${var.stack_name}-${name}.zip`,
        output_file_mode: '0644',
      },
    },
  ],
};

export const permission: Mapping = {
  type: 'aws_lambda_permission',
  properties: {
    FunctionName: argument('function_name'),
    Action: argument('action'),
    Principal: argument('principal'),
    SourceAccount: argument('source_account'),
    SourceArn: argument('source_arn'),
  },
};

/** Policies of a role are resources of their own: the arguments of the role for them are deprecated. */
export const role: Mapping = {
  type: 'aws_iam_role',
  properties: {
    AssumeRolePolicyDocument: document('assume_role_policy'),
    Policies: beside,
    ManagedPolicyArns: beside,
  },
  fixed: ({ scope }) => ({ name_prefix: `\${substr(${scope.reference('AWS::StackName', 'Ref')}, 0, 37)}-` }),
  attributes: { Ref: 'name', Arn: 'arn' },
  beside: (place) => [
    ...listOf(place.property('Policies'), place).map((one) => policy(one, place)),
    ...listOf(place.property('ManagedPolicyArns'), place).map((arn) => attachment(arn, place)),
  ],
};

function policy(value: Json, place: Place): Block {
  const { PolicyName, PolicyDocument, ...others } = value as { readonly [member: string]: Json };
  if (typeof PolicyName !== 'string' || PolicyDocument === undefined || Object.keys(others).length > 0)
    throw new RangeError(`no equal of a policy of ${place.logicalId} in Terraform is known`);
  const name = `${place.name}_${PolicyName}`;
  return {
    kind: 'resource',
    type: 'aws_iam_role_policy',
    name,
    arguments: {
      ...sameCount(place),
      name: jsonOf(PolicyName, place.scope),
      role: `\${${place.scope.reference(place.logicalId, 'Ref')}}`,
      policy: `\${jsonencode(${kept(`${name}_policy`, PolicyDocument, place)})}`,
    },
  };
}

function attachment(arn: Json, place: Place): Block {
  return {
    kind: 'resource',
    type: 'aws_iam_role_policy_attachment',
    name: nameFor(place.name, /\w*(?=\W*$)/.exec(JSON.stringify(arn))?.[0] ?? ''),
    arguments: {
      ...sameCount(place),
      role: `\${${place.scope.reference(place.logicalId, 'Ref')}}`,
      policy_arn: jsonOf(arn, place.scope),
    },
  };
}

/** What belongs to a resource is there when that is. */
function sameCount({ resource, scope }: Place): { readonly count?: string } {
  const { Condition } = resource;
  return Condition === undefined ? {} : { count: `\${${scope.condition(Condition)} ? 1 : 0}` };
}
