import { escapePointer } from './node.ts';

/** A `$ref` as it stands in a file. */
export interface WrittenReference {
  readonly reference: string;
  /** Pointer of the `$ref` entry. */
  readonly pointer: string;
}

export interface Problem {
  readonly kind: 'forbidden key' | 'merge key' | 'lone surrogate' | 'nul' | 'endless alias';
  readonly pointer: string;
  readonly key: string;
}

export interface Examined {
  /** Keys of all mappings. */
  readonly keys: number;
  /** Values, with every alias written out. */
  readonly nodes: number;
  readonly depth: number;
  /** Texts of the references, each once. */
  readonly references: ReadonlySet<string>;
  /** Every reference with its place, when `places` is asked for. */
  readonly written: readonly WrittenReference[];
  /** Pointers are right when `places` is asked for. */
  readonly problems: readonly Problem[];
}

export interface Examination {
  /** The text has aliases, so that values may be shared. */
  readonly shared: boolean;
  /** `<<` is a problem. */
  readonly mergeKeys: boolean;
  /** The text has escapes that can make a lone surrogate or a NUL. */
  readonly escapes: boolean;
  readonly depth: number;
  /** Keep track of places: it costs a third more, so it is asked for only when there is something to say. */
  readonly places?: boolean;
}

/** More problems than this in one file are not worth a message each. */
const MOST_PROBLEMS = 100;

/** What the keys of a mapping are: OpenAPI fields, names that an author chose, or a part of data (an example). */
type Role = 'fields' | 'names' | 'data';

interface Size {
  readonly nodes: number;
  readonly height: number;
  readonly role: Role;
}

/**
 * Goes through a value once. A value that aliases share is visited once and counted as often as it appears. Stops
 * at `depth` levels; `Examined.depth` is then larger than the limit.
 */
export function examine(root: unknown, how: Examination): Examined {
  const references = new Set<string>();
  const written: WrittenReference[] = [];
  const problems: Problem[] = [];
  const path: string[] = [];
  const sizes = new Map<object, Size | 'open'>();
  let keys = 0;
  let depth = 0;

  const pointer = (...more: readonly string[]): string =>
    [...path, ...more].map((token) => `/${escapePointer(token)}`).join('');
  const enter = (level: number, key: string): void => {
    path.length = level - 1;
    path.push(key);
  };
  const problem = (kind: Problem['kind'], key: string, ...more: readonly string[]): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ kind, key, pointer: pointer(...more) });
  };
  const checkText = (text: string, ...more: readonly string[]): void => {
    if (text.includes('\0')) problem('nul', text, ...more);
    if (/\p{Cs}/u.test(text)) problem('lone surrogate', text, ...more);
  };
  const checkKey = (key: string): void => {
    if (key === '__proto__') problem('forbidden key', key, key);
    else if (key === '<<' && how.mergeKeys) problem('merge key', key, key);
    if (how.escapes) checkText(key, key);
  };

  /** A scalar that cannot hold a problem: most values are, so that no call is made for them. */
  const isPlain = (value: unknown): boolean =>
    value === null || (typeof value !== 'object' && !(how.escapes && typeof value === 'string'));

  /** Returns the number of values; the height is kept in `sizes` where it is needed. */
  const visit = (value: unknown, role: Role, level: number): number => {
    if (typeof value !== 'object' || value === null) {
      if (how.escapes && typeof value === 'string') checkText(value);
      return 1;
    }
    if (level > depth) depth = level;
    if (level > how.depth) return 1;
    if (!how.shared) return visitItems(value, role, level);
    const known = sizes.get(value);
    if (known === 'open') {
      problem('endless alias', '');
      return 1;
    }
    if (known !== undefined && (known.role !== 'data' || role === 'data')) {
      depth = Math.max(depth, level + known.height);
      return known.nodes;
    }
    sizes.set(value, 'open');
    const outer = depth;
    depth = level;
    const nodes = visitItems(value, role, level);
    sizes.set(value, { nodes, height: depth - level, role });
    depth = Math.max(outer, depth);
    return nodes;
  };

  const visitItems = (value: object, role: Role, level: number): number => {
    let nodes = 1;
    if (Array.isArray(value)) {
      const itemRole = role === 'names' ? 'fields' : role;
      for (let index = 0; index < value.length; index++) {
        const item: unknown = value[index];
        if (isPlain(item)) {
          nodes += 1;
          continue;
        }
        if (how.places) enter(level, String(index));
        nodes += visit(item, itemRole, level + 1);
      }
      return nodes;
    }
    for (const key of Object.keys(value)) {
      keys += 1;
      if (how.places) path.length = level - 1;
      checkKey(key);
      const item: unknown = (value as Record<string, unknown>)[key];
      if (key === '$ref' && role !== 'data' && typeof item === 'string') {
        references.add(item);
        if (how.places) written.push({ reference: item, pointer: pointer(key) });
      }
      if (isPlain(item)) {
        nodes += 1;
        continue;
      }
      if (how.places) enter(level, key);
      nodes += visit(
        item,
        role === 'fields' ? roleBelow(key) : role === 'names' ? 'fields' : role,
        level + 1,
      );
    }
    return nodes;
  };

  const nodes = visit(root, 'fields', 1);
  return { keys, nodes, depth, references, written, problems };
}

/** The role of what stands under an OpenAPI or JSON Schema field. A name is never a field: `responses.default`. */
function roleBelow(field: string): Role {
  return roles.get(field) ?? 'fields';
}

const roles: ReadonlyMap<string, Role> = new Map<string, Role>([
  ...['example', 'examples', 'default', 'enum', 'const'].map((field) => [field, 'data'] as const),
  ...[
    'properties',
    'patternProperties',
    'definitions',
    '$defs',
    'dependentSchemas',
    'schemas',
    'responses',
    'parameters',
    'headers',
    'requestBodies',
    'securitySchemes',
    'securityDefinitions',
    'links',
    'callbacks',
    'pathItems',
    'mediaTypes',
    'paths',
    'webhooks',
    'content',
    'encoding',
    'variables',
  ].map((field) => [field, 'names'] as const),
]);
