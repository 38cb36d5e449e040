import { dataSources, type Facts, resources, type Takes } from './provider-arguments.ts';

type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };
type Members = { readonly [name: string]: Value };

/** The files of a folder, which Terraform reads as one configuration. */
export interface ReadConfiguration {
  readonly resource: { readonly [type: string]: { readonly [name: string]: Members } };
  readonly data: { readonly [type: string]: { readonly [name: string]: Members } };
  readonly variable: Members;
  readonly locals: Members;
  readonly output: Members;
}

export function readConfiguration(
  artifacts: readonly { readonly path: string; readonly contents: string }[],
): ReadConfiguration {
  const merged: Record<string, Record<string, Value>> = {};
  for (const { path, contents } of artifacts.filter((one) => one.path.endsWith('.tf.json')))
    for (const [section, members] of Object.entries(JSON.parse(contents) as Record<string, Members>))
      for (const [name, one] of Object.entries(members)) {
        const known = merged[section] ?? {};
        merged[section] = known;
        if (Object.hasOwn(known, name)) throw new Error(`${path} says ${section} ${name} again`);
        known[name] = one;
      }
  const sections = { resource: {}, data: {}, variable: {}, locals: {}, output: {} };
  return { ...sections, ...merged } as ReadConfiguration;
}

/** What the provider would not take, and what refers to nothing. */
export function checkConfiguration(configuration: ReadConfiguration): readonly string[] {
  return [
    ...blocksOf(configuration.resource).flatMap((one) => checkBlock(one, resources)),
    ...blocksOf(configuration.data).flatMap((one) => checkBlock(one, dataSources)),
    ...checkReferences(configuration),
  ];
}

interface Named {
  readonly type: string;
  readonly name: string;
  readonly members: Members;
}

function blocksOf(types: ReadConfiguration['resource']): readonly Named[] {
  return Object.entries(types).flatMap(([type, named]) =>
    Object.entries(named).map(([name, members]) => ({ type, name, members })),
  );
}

/** Arguments that every block may have ("Meta-arguments"). */
const metaArguments = ['count', 'depends_on', 'lifecycle'];

function checkBlock(
  { type, name, members }: Named,
  facts: { readonly [type: string]: Facts },
): readonly string[] {
  const known = facts[type];
  if (known === undefined) return [`${type} is no type of the provider`];
  const own = Object.entries(members).filter(([member]) => !metaArguments.includes(member));
  return checkMembers(Object.fromEntries(own), known.takes, `${type}.${name}`);
}

function checkMembers(members: Members, takes: Takes, place: string): readonly string[] {
  const [names, blocks] = typeof takes === 'string' ? [takes, {}] : takes;
  const byName = new Map(Object.entries(blocks).map(([name, one]) => [name.replace('!', ''), one]));
  const { dynamic = {}, ...direct } = members;
  const conditional = Object.entries(dynamic as { readonly [block: string]: Members });
  const required = [...names.split(' '), ...Object.keys(blocks)].filter((name) => name.endsWith('!'));
  const told = new Set([...Object.keys(direct), ...conditional.map(([name]) => name)]);
  return [
    ...required
      .filter((name) => !told.has(name.slice(0, -1)))
      .map((name) => `${place} lacks ${name.slice(0, -1)}`),
    ...Object.entries(direct).flatMap(([name, value]) => {
      const block = byName.get(name);
      if (block !== undefined)
        return [value].flat().flatMap((one) => checkMembers(one as Members, block, `${place}.${name}`));
      return names.split(/[ !]+/).includes(name) ? [] : [`${place} takes no ${name}`];
    }),
    ...conditional.flatMap(([name, { content = {} }]) => {
      const block = byName.get(name);
      return block === undefined
        ? [`${place} takes no block ${name}`]
        : checkMembers(content as Members, block, `${place}.${name}`);
    }),
  ];
}

/** Addresses of blocks in expressions, in `depends_on` and in `replace_triggered_by`. */
const address = /\b(data\.)?((?:aws|archive)_[a-z0-9_]+)\.([a-z0-9_]+)(\[[0-9*]+\])?(?:\.([a-z0-9_]+))?/g;

function checkReferences(configuration: ReadConfiguration): readonly string[] {
  const { variable, locals, output } = configuration;
  const texts = textsOf([configuration.resource, configuration.data, locals, output] as unknown as Value);
  const expressions = texts.filter((one) => one.includes('${'));
  const bare = texts.filter((one) => /^aws_\w+\.\w+$/.test(one));
  const named = (prefix: 'var' | 'local'): ReadonlySet<string> =>
    new Set(
      expressions.flatMap((one) =>
        [...one.matchAll(new RegExp(`\\b${prefix}\\.(\\w+)`, 'g'))].map(([, name = '']) => name),
      ),
    );
  const compare = (
    kind: string,
    used: ReadonlySet<string>,
    defined: readonly string[],
  ): readonly string[] => [
    ...[...used].filter((name) => !defined.includes(name)).map((name) => `${kind} ${name} is not defined`),
    ...defined.filter((name) => !used.has(name)).map((name) => `${kind} ${name} is not used`),
  ];
  return [
    ...compare('the variable', named('var'), Object.keys(variable)),
    ...compare('the local value', named('local'), Object.keys(locals)),
    ...[...expressions, ...bare].flatMap((one) =>
      [...one.matchAll(address)].flatMap((match) => checkAddress(match, configuration)),
    ),
  ];
}

function checkAddress(match: RegExpExecArray, { resource, data }: ReadConfiguration): readonly string[] {
  const [whole, isData, type = '', name = '', index, attribute] = match;
  const [blocks, facts] = isData === undefined ? [resource, resources] : [data, dataSources];
  const found = blocks[type]?.[name];
  if (found === undefined) return [`${whole} is nowhere`];
  const counted = Object.hasOwn(found, 'count');
  if (attribute === undefined) return [];
  return [
    ...(counted === (index !== undefined) ? [] : [`${whole} counts otherwise than what it names`]),
    ...(facts[type]?.gives.split(' ').includes(attribute) ? [] : [`${whole}: ${type} gives no ${attribute}`]),
  ];
}

function textsOf(value: Value): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return Object.entries(value).flatMap(([name, one]) => [name, ...textsOf(one)]);
}
