import type { Json } from '../template/cloudformation.ts';
import type { Arguments, Block } from './configuration.ts';
import { template } from './hcl.ts';

/**
 * Versions that have everything that is written: `security_policy` of a REST API came to the provider of AWS last
 * (hashicorp/terraform-provider-aws, pull request 47973; 6.62.0 has it), and `replace_triggered_by` to Terraform 1.2.
 */
const terraformVersion = '>= 1.5.0';
const providers = {
  aws: { source: 'hashicorp/aws', version: '~> 6.62' },
  archive: { source: 'hashicorp/archive', version: '~> 2.4' },
} as const;

interface Requirements {
  readonly terraform: Arguments;
  readonly locals: { readonly [name: string]: Json };
  readonly data: readonly Block[];
}

/** What a configuration must have because something in it names it. */
export function requirements(
  blocks: readonly Block[],
  values: { readonly [name: string]: Json },
): Requirements {
  const text = JSON.stringify([blocks, values]);
  const stackId = text.includes('local.stack_id');
  const named = (expression: string): boolean => stackId || text.includes(expression);
  const packs = blocks.some(({ type }) => type === 'archive_file');
  return {
    terraform: {
      required_version: terraformVersion,
      required_providers: packs ? providers : { aws: providers.aws },
    },
    locals: stackId ? { stack_id: stackIdOf() } : {},
    data: ['aws_caller_identity', 'aws_partition', 'aws_region']
      .filter((type) => named(`data.${type}.current`))
      .map((type) => ({ kind: 'data', type, name: 'current', arguments: {} })),
  };
}

/** Built as the id of a stack is, `…stack/NAME/UUID`, for names that must be unique in an account. */
function stackIdOf(): string {
  const region = 'data.aws_region.current.region';
  const account = 'data.aws_caller_identity.current.account_id';
  return template([
    { text: 'stack/' },
    { expression: 'var.stack_name' },
    { text: '/' },
    { expression: `uuidv5("url", "\${${account}}/\${${region}}/\${var.stack_name}")` },
  ]);
}
