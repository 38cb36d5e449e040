import { countText } from '../path/request-line.ts';
import {
  anyOf,
  capture,
  choice,
  end,
  literal,
  mapRegex,
  noneOf,
  reference,
  repeat,
  start,
} from '../token/regex.ts';
import {
  foldMapKey,
  interpolated,
  lineFeed,
  mapKey,
  type Piece,
  text,
  variable,
  variableName,
} from '../token.ts';
import { fits, isKeyless, type ShapedRoutes } from './shape.ts';

/** The variable that holds the id of the route of a site; empty when there is none. */
export function routeVariable(site: number): string {
  return `gw_route_${site}`;
}

/** One attempt: look a shape up; what was not found goes on with the next attempt. */
interface Attempt {
  readonly variable: string;
  readonly shape: number;
  readonly next: readonly Piece[];
}

/** The first of two variables that is not empty. */
interface Either {
  readonly variable: string;
  readonly first: Piece;
  readonly second: readonly Piece[];
}

/**
 * nginx evaluates variables within variables at most 100 deep. Attempts call each other in runs of this length, and
 * runs are joined by a balanced tree.
 */
const RUN = 16;

/**
 * The view of the maps that find a route. A request is dispatched on its number of segments, then tries the shapes that
 * fit, in order of precedence, each with one hash lookup: cost does not grow with the number of templates. nginx
 * compares keys without case, so the value repeats each key and a regular expression compares it byte for byte.
 */
export function routeMapsView(site: number, shapes: readonly ShapedRoutes[], depth: number) {
  const chains = chainBuilder(site, shapes);
  const counts = Array.from({ length: depth + 1 }, (_, segments) => segments).flatMap((segments) =>
    [false, true].map((slash) => ({ count: countText(segments, slash), chain: chains.of(segments, slash) })),
  );
  const deeper = chains.of(depth + 1, false);
  return {
    variable: variableName(routeVariable(site)),
    deeper: interpolated(...deeper),
    counts: counts
      .filter((one) => one.chain.length > 0 || deeper.length > 0)
      .map((one) => ({ count: mapKey(one.count), route: interpolated(...one.chain) })),
    tables: shapes.flatMap((one, index) => (isKeyless(one.shape) ? [] : [tableView(site, index, one)])),
    attempts: chains.attempts().map((one) => attemptView(site, one, shapes[one.shape])),
    eithers: chains.eithers().map(({ variable: name, first, second }) => ({
      source: interpolated(first),
      variable: variableName(name),
      second: interpolated(...second),
    })),
  };
}

function chainBuilder(site: number, shapes: readonly ShapedRoutes[]) {
  const attempts = new Map<string, Attempt>();
  const eithers = new Map<string, Either>();
  const run = (fitting: readonly number[]): readonly Piece[] => {
    const [shape, ...others] = fitting;
    const routes = shape === undefined ? undefined : shapes[shape];
    if (shape === undefined || routes === undefined) return [];
    if (isKeyless(routes.shape)) return [text(routes.entries[0]?.route ?? '')];
    const next = run(others);
    const name = `${shape} ${JSON.stringify(next)}`;
    const known = attempts.get(name) ?? { variable: `gw_r${site}_${attempts.size}`, shape, next };
    attempts.set(name, known);
    return [variable(known.variable)];
  };
  const join = (fitting: readonly number[]): readonly Piece[] => {
    if (fitting.length <= RUN) return run(fitting);
    const half = Math.ceil(fitting.length / RUN / 2) * RUN;
    const [first] = join(fitting.slice(0, half));
    const second = join(fitting.slice(half));
    if (first === undefined) return second;
    const name = JSON.stringify([first, second]);
    const known = eithers.get(name) ?? { variable: `gw_e${site}_${eithers.size}`, first, second };
    eithers.set(name, known);
    return [variable(known.variable)];
  };
  return {
    of: (segments: number, slash: boolean): readonly Piece[] => {
      const fitting = shapes.flatMap((one, index) => (fits(one.shape, segments, slash) ? [index] : []));
      // A shape of parameters alone matches whatever fits it, so nothing behind it is ever tried.
      const last = fitting.findIndex(
        (index) => shapes[index] !== undefined && isKeyless(shapes[index].shape),
      );
      return join(last < 0 ? fitting : fitting.slice(0, last + 1));
    },
    attempts: () => [...attempts.values()],
    eithers: () => [...eithers.values()],
  };
}

function tableVariable(site: number, shape: number): string {
  return `gw_k${site}_${shape}`;
}

function tableView(site: number, index: number, { lookup, entries }: ShapedRoutes) {
  const byKey = new Map<string, { readonly key: string; readonly routes: Piece[] }>();
  for (const { key, route } of entries) {
    const folded = foldMapKey(key);
    const known = byKey.get(folded) ?? { key, routes: [] };
    known.routes.push(...(known.routes.length > 0 ? [lineFeed] : []), text(`${key} ${route}`));
    byKey.set(folded, known);
  }
  return {
    source: interpolated(...lookup),
    variable: variableName(tableVariable(site, index)),
    entries: [...byKey.values()].map(({ key, routes }) => ({
      key: mapKey(key),
      routes: interpolated(...routes),
    })),
  };
}

function attemptView(
  site: number,
  { variable: name, shape, next }: Attempt,
  routes: ShapedRoutes | undefined,
) {
  return {
    source: interpolated(...(routes?.lookup ?? []), lineFeed, variable(tableVariable(site, shape))),
    variable: variableName(name),
    next: interpolated(...next),
    sameCase: SAME_CASE,
    route: FOUND,
  };
}

const line = repeat(noneOf('\n'), 'somePossessive');
const SAME_CASE = mapRegex(
  start,
  capture('gw_key', line),
  literal('\n'),
  repeat(choice([line, literal('\n')]), 'anyLazy'),
  reference('gw_key'),
  literal(' '),
  capture('gw_found', repeat(anyOf(['a', 'z'], ['0', '9'], '-'), 'somePossessive')),
  choice([literal('\n')], [end]),
);
const FOUND = interpolated(variable('gw_found'));
