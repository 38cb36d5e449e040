import { type Directive, parseNginx } from '../../src/targets/nginx/reparse/parse.ts';
import type { Artifact } from '../../src/targets/target.ts';

/** What an emitted folder says about one operation. */
export interface OperationPart {
  /** Its location, with everything that the location refers to by a number. */
  readonly location: string;
  readonly guarded: boolean;
}

/**
 * The part of each operation, by its id. Named locations, lists and maps are numbered in the order of their first use,
 * so each number is replaced by what it stands for.
 */
export function operationParts(artifacts: readonly Artifact[]): ReadonlyMap<string, OperationPart> {
  const directives = artifacts.filter(({ path }) => path.endsWith('.conf')).flatMap(directivesOf);
  const servers = directives.flatMap((one) => (one.name === 'server' ? (one.block ?? []) : []));
  const definitions = definitionsOf([...directives, ...servers]);
  const locations = directives.filter(({ name, args }) => name === 'location' && args[0] === '=');
  return new Map(
    locations.flatMap((location) => {
      const block = location.block ?? [];
      const id = block.find(({ name, args }) => name === 'set' && args[0] === '$gw_operation')?.args[1];
      if (id === undefined) return [];
      const guarded = block.some(({ name }) => name === 'auth_request');
      const page = block.find(({ name, args }) => name === 'set' && args[0] === '$gw_login_page')?.args[1];
      const unnumbered = bare({
        ...location,
        block: block.filter(({ args }) => args[0] !== '$gw_login_page'),
      });
      const text = JSON.stringify([unnumbered, page === undefined ? [] : loginPage(page, directives)]);
      return [[id, { location: expanded(text, definitions), guarded }] as const];
    }),
  );
}

/** Pairs of a key and a route of the tables that find routes, and the methods of each route. */
export function routeEntries(artifacts: readonly Artifact[]): readonly string[] {
  return artifacts
    .filter(({ path }) => path.startsWith('conf/routes-'))
    .flatMap(directivesOf)
    .filter(({ name, args }) => name === 'map' && /^\$gw_(k|allow)/.test(args[1] ?? ''))
    .flatMap(({ block = [] }) =>
      block.flatMap(({ name, args }) =>
        (args[0] ?? '').split('\n').map((line) => `${/^\//.test(line) ? '' : `${name}: `}${line}`),
      ),
    )
    .filter((entry) => entry !== 'default: ')
    .sort();
}

function directivesOf({ path, contents }: Artifact): readonly Directive[] {
  const parsed = parseNginx(contents);
  if (!parsed.ok) throw new Error(`${path}:${parsed.error.line}: ${parsed.error.message}`);
  return parsed.directives;
}

/** Definitions by the name that refers to them, such as `gw_range_0`, `@gw_forward_3` or the path of a guard. */
function definitionsOf(directives: readonly Directive[]): ReadonlyMap<string, string> {
  const definitions = new Map<string, string>();
  for (const one of directives) {
    const text = JSON.stringify(bare(one));
    if (one.name === 'map' || one.name === 'geo') definitions.set((one.args.at(-1) ?? '').slice(1), text);
    if (one.name === 'location') definitions.set(one.args.at(-1) ?? '', text);
    const zone = one.name === 'limit_req_zone' ? /^zone=(\w+)/.exec(one.args[1] ?? '')?.[1] : undefined;
    if (zone !== undefined) definitions.set(zone, text);
  }
  return definitions;
}

/** Where a login page of a number sends people: the entries of the map, without the number. */
function loginPage(page: string, directives: readonly Directive[]): readonly string[] {
  const map = directives.find(({ name, args }) => name === 'map' && args[1] === '$gw_login');
  const mark = `\\x20${page}\\x20`;
  const entries = map?.block?.filter(({ name }) => name.includes(mark)) ?? [];
  if (entries.length === 0) throw new Error(`no login page ${page}`);
  return entries.map(({ name, args }) => `${name.replace(mark, '')} ${args.join(' ')}`);
}

function bare({ name, args, block }: Directive): unknown {
  return [name, args, block?.map(bare)];
}

/** A text with each numbered name replaced by its definition; names within definitions too, to a small depth. */
function expanded(text: string, definitions: ReadonlyMap<string, string>, depth = 4): string {
  return text.replaceAll(/@?gw_[a-z_]+_\d+(?:_\d+)?|[^"\s]*\/gw\/guard\/[0-9a-f]{32}/g, (name) => {
    const definition = definitions.get(name);
    if (definition === undefined || depth === 0) return '<numbered>';
    const itself = definition.replaceAll(/^gw_/.test(name) ? `$${name}` : name, '<itself>');
    return `<${expanded(itself, definitions, depth - 1)}>`;
  });
}
