import type { Json, Parameter } from '../template/cloudformation.ts';
import type { Arguments } from './configuration.ts';
import { quoted, template, text } from './hcl.ts';
import { nameOf } from './names.ts';

/**
 * Parameters of a template as variables. What they say is not a template in Terraform, but for the condition and the
 * message of a validation.
 */
export function variables(
  parameters: { readonly [name: string]: Parameter },
  stackName: string,
): { readonly [name: string]: Arguments } {
  const made = Object.entries(parameters).map(
    ([id, parameter]) => [nameOf(id), variable(id, parameter)] as const,
  );
  return { stack_name: stackNameVariable(stackName), ...Object.fromEntries(made) };
}

/**
 * Takes the place of the name of a stack. Names of functions have 64 characters at most, and some are longer than this
 * one; the rest is what CloudFormation takes.
 */
const stackNamePattern = '^[A-Za-z][A-Za-z0-9-]{0,49}$';

function stackNameVariable(preset: string): Arguments {
  return {
    description: 'Names of everything begin with it: another one is another environment.',
    type: 'string',
    default: new RegExp(stackNamePattern).test(preset) ? preset : undefined,
    validation: matches('stack_name', stackNamePattern),
  };
}

const types: { readonly [type: string]: string } = {
  String: 'string',
  Number: 'number',
  CommaDelimitedList: 'list(string)',
  'AWS::EC2::VPC::Id': 'string',
  'List<AWS::EC2::Subnet::Id>': 'list(string)',
};

function variable(
  id: string,
  { Type, Description, Default, AllowedValues, AllowedPattern, NoEcho }: Parameter,
): Arguments {
  const name = nameOf(id);
  const type = types[Type];
  if (type === undefined)
    throw new RangeError(`no equal of a parameter of type ${Type} in Terraform is known`);
  return {
    description: Description,
    type,
    default: Default === undefined ? undefined : presetOf(Default, type),
    sensitive: NoEcho,
    nullable: false,
    validation: [
      ...(AllowedValues === undefined ? [] : [isOneOf(name, AllowedValues)]),
      ...(AllowedPattern === undefined ? [] : [matches(name, AllowedPattern)]),
    ],
  };
}

function presetOf(value: string, type: string): Json {
  if (type === 'number') return Number(value);
  return type === 'string' ? value : value.split(',').filter((one) => one !== '');
}

function isOneOf(name: string, values: readonly string[]): Arguments {
  const list = values.map((one) => quoted(text(one))).join(', ');
  return {
    condition: template([{ expression: `contains([${list}], var.${name})` }]),
    error_message: template(text(`One of: ${values.join(', ')}.`)),
  };
}

/** A pattern of CloudFormation is about the whole value. */
function matches(name: string, pattern: string): Arguments {
  return {
    condition: template([{ expression: `can(regex(${quoted(text(`^(?:${pattern})$`))}, var.${name}))` }]),
    error_message: template(text(`Must match ${pattern}`)),
  };
}
