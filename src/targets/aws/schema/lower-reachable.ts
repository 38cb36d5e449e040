import type { JsonSchema, SchemaDialect } from '../../../model/inspection.ts';
import type { SchemaFinding } from './finding.ts';
import { type JsonObject, modelReference } from './json-schema.ts';
import { lowerSchema, type World } from './lower-schema.ts';
import type { References } from './references.ts';

/** A schema that becomes a model: a named one, or one that an operation uses. */
export interface Root {
  readonly key: string;
  readonly schema: JsonSchema;
  readonly dialect: SchemaDialect;
  /** `undefined` where it has none in the documents. */
  readonly name: string | undefined;
}

export interface LoweredRoot {
  readonly key: string;
  readonly name: string | undefined;
  readonly schema: JsonObject;
  /** Of its own keywords; what it refers to may still be weaker. */
  readonly isExact: boolean;
  readonly findings: readonly SchemaFinding[];
  /** Keys of the roots that its model refers to. */
  readonly references: ReadonlySet<string>;
}

type Roots = ReadonlyMap<string, Root>;
type LoweredRoots = ReadonlyMap<string, LoweredRoot>;

/**
 * The roots that entries need, themselves included. What is weaker than its document makes weaker what refers to it, and
 * must not stand below `not` or `oneOf`: so first every root is lowered as if all others were exact, then those again that
 * refer to one that is not.
 */
export function lowerReachable(
  entries: readonly string[],
  roots: Roots,
  references: References,
  modelOf: (key: string) => string,
): LoweredRoots {
  const lower = (key: string, isExact: (key: string) => boolean): LoweredRoot | undefined => {
    const root = roots.get(key);
    return root === undefined ? undefined : lowerRoot(root, references, modelOf, isExact);
  };
  const first = collect(entries, (key) => lower(key, () => true));
  const weaker = reaching(
    new Set([...first.values()].filter(({ isExact }) => !isExact).map(({ key }) => key)),
    first,
  );
  const isExact = (key: string): boolean => !weaker.has(key);
  return collect(entries, (key) => {
    const known = first.get(key);
    const isRight = known !== undefined && [...known.references].every(isExact);
    return isRight ? known : lower(key, isExact);
  });
}

/** From the entries along their references, each root once, in the order in which they are reached. */
function collect(entries: readonly string[], lower: (key: string) => LoweredRoot | undefined): LoweredRoots {
  const found = new Map<string, LoweredRoot>();
  const open = [...entries];
  for (let index = 0; index < open.length; index += 1) {
    const key = open[index] ?? '';
    const root = found.has(key) ? undefined : lower(key);
    if (root === undefined) continue;
    found.set(key, root);
    open.push(...root.references);
  }
  return found;
}

export function reachable(entries: readonly string[], roots: LoweredRoots): readonly LoweredRoot[] {
  return [...collect(entries, (key) => roots.get(key)).values()];
}

/** The given roots, and those that refer to one of them over any number of steps. */
export function reaching(targets: ReadonlySet<string>, roots: LoweredRoots): ReadonlySet<string> {
  const usedBy = new Map<string, string[]>();
  if (targets.size === 0) return targets;
  for (const { key, references } of roots.values()) {
    for (const target of references) {
      const users = usedBy.get(target);
      if (users === undefined) usedBy.set(target, [key]);
      else users.push(key);
    }
  }
  const found = new Set(targets);
  for (const target of found) for (const user of usedBy.get(target) ?? []) found.add(user);
  return found;
}

function lowerRoot(
  root: Root,
  references: References,
  modelOf: (key: string) => string,
  isExact: (key: string) => boolean,
): LoweredRoot {
  const findings: SchemaFinding[] = [];
  const referred = new Set<string>();
  const report =
    (kind: SchemaFinding['kind']): World['weaken'] =>
    (keyword, pointer, reason, instead) => {
      findings.push({ kind, schema: root.name, keyword, pointer, reason, instead });
    };
  const isEndless = root.name !== undefined && references.endless.has(root.name);
  const world: World = {
    dialect: root.dialect,
    refer: (name, isSameInstance) => {
      const key = references.resolve(name);
      if (key === undefined || (isSameInstance && isEndless && references.endless.has(key))) return undefined;
      referred.add(key);
      return { schema: modelReference(modelOf(key)), isExact: isExact(key) };
    },
    typesOf: (schema) => references.typesOf(schema, root.dialect),
    isReadOnly: references.isReadOnly,
    weaken: report('weakened'),
    annotate: report('dropped-annotation'),
    refuse: report('refused'),
  };
  const lowered = lowerSchema(root.schema, world);
  return {
    key: root.key,
    name: root.name,
    schema: lowered.schema,
    isExact: lowered.isExact,
    findings,
    references: referred,
  };
}
