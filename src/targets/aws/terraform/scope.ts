import type { Json, Template } from '../template/cloudformation.ts';
import type { Piece } from './hcl.ts';
import type { Mapping } from './mapping.ts';
import { nameOf } from './names.ts';

/** What expressions of a template may name, and what the configuration must define because one of them did. */
export interface Scope {
  /** `Ref` or `Fn::GetAtt` as an expression. */
  readonly reference: (logicalId: string, attribute: string) => string;
  readonly condition: (name: string) => string;
  /** The value of a secret, by its name or ARN. */
  readonly secret: (id: readonly Piece[]) => string;
  /** Keeps a value under a name of its own, and answers the expression of it. */
  readonly keep: (name: string, value: Json) => string;
}

/** How a resource is written: its address, without `[0]`, and how the table maps its type. */
export interface Addressed {
  readonly mapping: Mapping;
  readonly name: string;
}

/** Pseudo parameters ("AWS CloudFormation pseudo parameters reference") as expressions. */
const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': 'data.aws_caller_identity.current.account_id',
  'AWS::NoValue': 'null',
  'AWS::Partition': 'data.aws_partition.current.partition',
  'AWS::Region': 'data.aws_region.current.region',
  'AWS::StackId': 'local.stack_id',
  'AWS::StackName': 'var.stack_name',
};

/** How a name of a template reads as an expression: a pseudo parameter, a parameter, or a resource. */
export function referenceIn(
  template: Template,
  addressOf: (logicalId: string) => Addressed,
): Scope['reference'] {
  return (logicalId, attribute) => {
    const pseudo = pseudoParameters[logicalId];
    if (pseudo !== undefined) return pseudo;
    if (Object.hasOwn(template.Parameters ?? {}, logicalId)) return `var.${nameOf(logicalId)}`;
    const resource = template.Resources[logicalId];
    if (resource === undefined) throw new RangeError(`nothing in the template has the name ${logicalId}`);
    const { mapping, name } = addressOf(logicalId);
    const found = mapping.attributes?.[attribute];
    if (found === undefined)
      throw new RangeError(`Terraform has no equal of ${attribute} of ${resource.Type}`);
    const { type, attribute: read } =
      typeof found === 'string' ? { type: mapping.type, attribute: found } : found;
    return `${type}.${name}${resource.Condition === undefined ? '' : '[0]'}.${read}`;
  };
}
