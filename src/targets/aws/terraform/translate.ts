import type { Json, Resource, Template } from '../template/cloudformation.ts';
import { conditionLocals } from './conditions.ts';
import type { Arguments, Block, Configuration } from './configuration.ts';
import { template } from './hcl.ts';
import type { Mapping, Place } from './mapping.ts';
import { mappingOf } from './mappings/index.ts';
import { nameFor, nameOf } from './names.ts';
import type { Joined } from './one-configuration.ts';
import { requirements } from './requirements.ts';
import { argumentsOf, merged } from './rules.ts';
import { referenceIn, type Scope } from './scope.ts';
import { jsonOf } from './value.ts';
import { variables } from './variables.ts';

/**
 * A template as a configuration of Terraform: the same resources with the same properties. What it has no equal of is a
 * RangeError. `stackName`: what the name of the stack would be.
 */
export function translate({ template: source, global }: Joined, stackName: string): Required<Configuration> {
  const kept = new Map<string, Json>();
  const secrets = new Map<string, string>();
  const scope = scopeOf(source, kept, secrets);
  const blocks = Object.entries(source.Resources)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, resource]) => blocksOf(id, resource, scope, global.has(id)));
  const output = Object.fromEntries(
    Object.entries(source.Outputs ?? {}).map(([id, { Description, Value, Condition }]) => {
      if (Condition !== undefined) throw new RangeError(`the output ${id} has a condition`);
      return [nameOf(id), { description: Description, value: jsonOf(Value, scope) }];
    }),
  );
  const locals = { ...conditionLocals(source, scope), ...Object.fromEntries(kept) };
  const read = [...secrets].map(
    ([id, name]): Block => ({
      kind: 'data',
      type: 'aws_secretsmanager_secret_version',
      name,
      arguments: { secret_id: id },
    }),
  );
  const needed = requirements([...blocks, ...read], locals);
  return {
    terraform: needed.terraform,
    variable: variables(source.Parameters ?? {}, stackName),
    locals: { ...needed.locals, ...locals },
    data: grouped([...needed.data, ...read, ...blocks.filter(({ kind }) => kind === 'data')]),
    resource: grouped(blocks.filter(({ kind }) => kind === 'resource')),
    output,
  };
}

function scopeOf(source: Template, kept: Map<string, Json>, secrets: Map<string, string>): Scope {
  return {
    reference: referenceIn(source, (id) => addressOf(id, source.Resources[id])),
    condition: (id) => {
      if (!Object.hasOwn(source.Conditions ?? {}, id)) throw new RangeError(`there is no condition ${id}`);
      return `local.${nameOf(id)}`;
    },
    secret: (pieces) => {
      const id = template(pieces);
      const own = /^\$\{aws_secretsmanager_secret\.(\w+)\.arn\}$/.exec(id)?.[1];
      if (own !== undefined) return `aws_secretsmanager_secret_version.${own}.secret_string`;
      const name = secrets.get(id) ?? nameFor('secret', id);
      secrets.set(id, name);
      return `data.aws_secretsmanager_secret_version.${name}.secret_string`;
    },
    keep: (name, value) => {
      kept.set(name, value);
      return `local.${name}`;
    },
  };
}

function addressOf(logicalId: string, resource: Resource | undefined): { mapping: Mapping; name: string } {
  if (resource === undefined) throw new RangeError(`nothing in the template has the name ${logicalId}`);
  const mapping = mappingOf(resource.Type);
  return { mapping, name: (mapping.nameOf ?? nameOf)(logicalId) };
}

/** Types that live in no region. */
const regionless: readonly string[] = ['aws_route53_record'];

function blocksOf(logicalId: string, resource: Resource, scope: Scope, global: boolean): readonly Block[] {
  const { mapping, name } = addressOf(logicalId, resource);
  const property: Place['property'] = (one) => resource.Properties[one];
  const place: Place = { scope, logicalId, resource, name, property };
  const { Condition, DependsOn } = resource;
  const main: Block = {
    kind: 'resource',
    type: mapping.type,
    name,
    arguments: {
      ...(Condition === undefined ? {} : { count: `\${${scope.condition(Condition)} ? 1 : 0}` }),
      ...merged(argumentsOf(resource.Properties, mapping.properties, place), mapping.fixed?.(place) ?? {}),
      ...(DependsOn === undefined
        ? {}
        : { depends_on: [DependsOn].flat().map((id) => dependency(id, scope)) }),
      ...lifecycle(mapping, resource),
    },
  };
  return [main, ...(mapping.beside?.(place) ?? [])].map((one) =>
    global && !regionless.includes(one.type)
      ? { ...one, arguments: { region: 'us-east-1', ...one.arguments } }
      : one,
  );
}

function dependency(logicalId: string, scope: Scope): string {
  return scope.reference(logicalId, 'Ref').split('.').slice(0, 2).join('.');
}

/**
 * What is to stay when the stack goes cannot stay in Terraform: it refuses to destroy it instead. Deployments that are
 * replaced go.
 */
function lifecycle({ createFirst, type }: Mapping, { DeletionPolicy }: Resource): Arguments {
  const retained = DeletionPolicy === 'Retain' && type !== 'aws_api_gateway_deployment';
  if (createFirst === undefined && !retained) return {};
  return {
    lifecycle: {
      create_before_destroy: createFirst,
      prevent_destroy: retained ? true : undefined,
    },
  };
}

/** Blocks by type and name, sorted; a second one of a name would take the place of the first. */
function grouped(blocks: readonly Block[]): NonNullable<Configuration['resource']> {
  const types = new Map<string, Map<string, Arguments>>();
  for (const { type, name, arguments: written } of blocks) {
    const named = types.get(type) ?? new Map<string, Arguments>();
    if (named.has(name)) throw new RangeError(`two resources are called ${type}.${name}`);
    types.set(type, named.set(name, written));
  }
  const sorted = <V>(entries: Iterable<readonly [string, V]>) =>
    [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted(types).map(([type, named]) => [type, Object.fromEntries(sorted(named))]));
}
