import { holds } from './conditions.ts';
import { isRecord, type Json, type JsonRecord, listOf, optionalRecord, recordOf, textOf } from './json.ts';
import { attribute, type Place, physicalId } from './resource-names.ts';

export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonRecord;
}

/** A template after CloudFormation: only resources whose condition holds, every function replaced by its value. */
export interface ResolvedTemplate {
  readonly place: Place;
  readonly resources: ReadonlyMap<string, ResolvedResource>;
  readonly outputs: ReadonlyMap<string, Json>;
}

export interface TemplateInput {
  /** Values of parameters; the others take their defaults, and those without one are an error. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly place: Place;
  /** What `{{resolve:…}}` yields, by the text between the braces. */
  readonly secrets?: ReadonlyMap<string, string>;
}

/**
 * Replaces intrinsic functions and conditions (CloudFormation User Guide, "Intrinsic function reference"). Throws at a
 * function, a name or an attribute that it does not know: a template that does not resolve does not deploy.
 */
export function resolveTemplate(template: JsonRecord, input: TemplateInput): ResolvedTemplate {
  const { place } = input;
  const declared = recordOf(template['Resources'], 'Resources');
  const conditions = optionalRecord(template['Conditions'], 'Conditions');
  const parameters = parameterValues(optionalRecord(template['Parameters'], 'Parameters'), input);
  const evaluating = new Set<string>();
  const resolve = (value: Json | undefined): Json | undefined => {
    if (typeof value === 'string') return withSecrets(value, input.secrets);
    if (Array.isArray(value)) return value.map(resolve).filter((one) => one !== undefined) as Json;
    if (!isRecord(value)) return value;
    const entries = Object.entries(value);
    const [[name, argument] = ['', undefined]] = entries;
    if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::')))
      return evaluate(name, argument as Json);
    return Object.fromEntries(
      entries
        .map(([key, member]) => [key, resolve(member)] as const)
        .filter(([, member]) => member !== undefined),
    );
  };
  const conditionHolds = (name: string): boolean => holds({ Condition: name }, conditions, resolve);
  const named = (logicalId: string) => {
    const resource = recordOf(declared[logicalId], `resource ${logicalId}`);
    const type = textOf(resource['Type'], `${logicalId}.Type`);
    if (typeof resource['Condition'] === 'string' && !conditionHolds(resource['Condition']))
      throw new Error(`${logicalId} is referred to and not created: its condition does not hold`);
    const properties = optionalRecord(resource['Properties'], `${logicalId}.Properties`);
    return { logicalId, type, property: (name: string) => resolve(properties[name]) };
  };
  const referred = (name: string): Json | undefined => {
    if (Object.hasOwn(parameters, name)) return parameters[name];
    if (name.startsWith('AWS::')) return pseudoParameter(name, place);
    if (!Object.hasOwn(declared, name)) throw new Error(`Ref of ${name}, which is nowhere`);
    return once(name, () => physicalId(named(name), place));
  };
  const attributeOf = (logicalId: string, name: string): string => {
    if (!Object.hasOwn(declared, logicalId)) throw new Error(`GetAtt of ${logicalId}, which is nowhere`);
    return once(logicalId, () => attribute(named(logicalId), name, place));
  };
  const once = <Value>(name: string, value: () => Value): Value => {
    if (evaluating.has(name))
      throw new Error(`the names of ${[...evaluating].join(' and ')} need each other`);
    evaluating.add(name);
    try {
      return value();
    } finally {
      evaluating.delete(name);
    }
  };
  const substituted = (argument: Json): string => {
    const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
    const local = recordOf(own ?? {}, 'variables of Fn::Sub');
    return textOf(text, 'Fn::Sub').replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
      if (literal !== '') return `\${${name}}`;
      if (Object.hasOwn(local, name)) return String(resolve(local[name]));
      const [logicalId = '', ...path] = name.split('.');
      return String(path.length === 0 ? referred(name) : attributeOf(logicalId, path.join('.')));
    });
  };
  const evaluate = (name: string, argument: Json): Json | undefined => {
    const list = (): readonly (Json | undefined)[] => listOf(argument, name).map(resolve);
    switch (name) {
      case 'Ref':
        return withSecrets(referred(textOf(argument, 'Ref')), input.secrets);
      case 'Fn::GetAtt': {
        const [logicalId = '', ...path] =
          typeof argument === 'string' ? argument.split('.') : list().map(String);
        return attributeOf(logicalId, path.join('.'));
      }
      case 'Fn::Sub':
        return withSecrets(substituted(argument), input.secrets);
      case 'Fn::Join': {
        const [separator, parts] = list();
        return listOf(parts, name).map(String).join(String(separator));
      }
      case 'Fn::If': {
        const [condition, then, otherwise] = listOf(argument, name);
        return resolve(conditionHolds(textOf(condition, name)) ? then : otherwise);
      }
      case 'Fn::Select': {
        const [index, parts] = list();
        return listOf(parts, name)[Number(index)];
      }
      case 'Fn::Split': {
        const [separator, text] = list();
        return String(text).split(String(separator));
      }
      case 'Fn::Base64':
        return Buffer.from(String(resolve(argument))).toString('base64');
      default:
        throw new Error(`no intrinsic function that is known: ${name}`);
    }
  };
  const resources = new Map<string, ResolvedResource>();
  for (const [logicalId, resource] of Object.entries(declared)) {
    const { Type, Condition, Properties } = recordOf(resource, logicalId);
    if (typeof Condition === 'string' && !conditionHolds(Condition)) continue;
    const properties = recordOf(resolve(Properties ?? {}), `${logicalId}.Properties`);
    resources.set(logicalId, { logicalId, type: textOf(Type, `${logicalId}.Type`), properties });
  }
  const outputs = new Map<string, Json>();
  for (const [name, output] of Object.entries(optionalRecord(template['Outputs'], 'Outputs'))) {
    const { Value, Condition } = recordOf(output, name);
    if (typeof Condition === 'string' && !conditionHolds(Condition)) continue;
    const value = resolve(Value);
    if (value !== undefined) outputs.set(name, value);
  }
  return { place, resources, outputs };
}

function parameterValues(declared: JsonRecord, { parameters = {} }: TemplateInput): Record<string, Json> {
  const unknown = Object.keys(parameters).filter((name) => !Object.hasOwn(declared, name));
  if (unknown.length > 0) throw new Error(`the template has no parameters ${unknown.join(', ')}`);
  return Object.fromEntries(
    Object.entries(declared).map(([name, parameter]) => {
      const { Default, Type, AllowedValues } = recordOf(parameter, name);
      const value = parameters[name] ?? Default;
      if (value === undefined) throw new Error(`parameter ${name} has no value`);
      if (Array.isArray(AllowedValues) && !AllowedValues.includes(value))
        throw new Error(`parameter ${name} may not be ${JSON.stringify(value)}`);
      return [name, Type === 'CommaDelimitedList' ? String(value).split(',') : String(value)];
    }),
  );
}

/** CloudFormation User Guide, "Pseudo parameters reference". */
function pseudoParameter(name: string, { account, partition, region, stack }: Place): string | undefined {
  switch (name) {
    case 'AWS::AccountId':
      return account;
    case 'AWS::Region':
      return region;
    case 'AWS::Partition':
      return partition;
    case 'AWS::StackName':
      return stack;
    case 'AWS::StackId':
      return `arn:${partition}:cloudformation:${region}:${account}:stack/${stack}/00000000-0000-4000-8000-000000000000`;
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::NoValue':
      return undefined;
    default:
      throw new Error(`no pseudo parameter: ${name}`);
  }
}

/** CloudFormation User Guide, "Get values stored in other services using dynamic references". */
function withSecrets(value: Json | undefined, secrets: TemplateInput['secrets']): Json | undefined {
  if (typeof value !== 'string' || !value.includes('{{resolve:')) return value;
  return value.replace(/\{\{(resolve:[^}]+)\}\}/g, (_, reference: string) => {
    const secret = secrets?.get(reference);
    if (secret === undefined) throw new Error(`nothing stands behind {{${reference}}}`);
    return secret;
  });
}
