import type { PathCharacter, PathCharacters } from '../../../model/path.ts';
import { targetVariable } from '../forward/forwards.ts';
import { restVariable } from '../forward/target.ts';
import { inSegment, profilePath } from '../path/profile.ts';
import { requestLineView } from '../path/request-line.ts';
import type { Plan } from '../plan.ts';
import { mixedView } from '../routing/mixed-view.ts';
import { capture, end, literal, mapRegex, noneOf, repeat, start } from '../token/regex.ts';
import { interpolated, variable, variableName } from '../token.ts';

/** The variable that is not empty for a path, put together from pieces, that is still canonical. */
export const soundVariable = 'gw_sound';

/** The variable that is not empty for a path whose characters an operation allows. */
export function charactersVariable(plan: Plan, allowed: PathCharacters | undefined): string {
  const text = [...(allowed?.characters ?? [])].sort().join(' ');
  return text === '' ? 'gw_canonical' : `gw_canonical_${characterSets(plan).indexOf(text)}`;
}

function characterSets({ tables }: Plan): readonly string[] {
  const sets = tables.flatMap(({ operations }) =>
    operations.flatMap(({ parts }) => (parts.pathCharacters === undefined ? [] : [parts.pathCharacters])),
  );
  return [...new Set(sets.map(({ characters }) => [...characters].sort().join(' ')))].sort();
}

/** The view of what is read from the request line, once for all sites. */
export function pathsView(plan: Plan) {
  const operations = plan.tables.flatMap((table) => table.operations);
  const upstreams = operations.map(({ forwarded }) => forwarded.upstream);
  const captured = new Set(upstreams.flatMap((one) => one.captured));
  return {
    ...requestLineView(templateDepth(plan), plan.characters),
    canonical: plan.characters.length === 0 ? [] : canonicalViews(plan),
    sound: captured.size === 0 ? [] : [soundView(plan)],
    rest: distinct(upstreams.flatMap((one) => one.rest)).map((count) => restView(count)),
    mixed: mixedView(plan.mixed.layers, captured),
  };
}

/**
 * A piece of a segment may be what the whole segment may not (`..` in `...json`), so a path that is put together from
 * pieces is checked again.
 */
function soundView(plan: Plan) {
  return {
    target: variableName(targetVariable),
    variable: variableName(soundVariable),
    path: mapRegex(start, ...profilePath(plan.characters), end),
  };
}

/** The number of segments of the longest template, a slash at the end and a greedy parameter not counted. */
export function templateDepth({ gateway }: Plan): number {
  const lengths = gateway.sites.flatMap((site) =>
    site.routes.map(
      ({ segments }) => segments.filter((one) => one.kind === 'plain' && one.pieces.length > 0).length,
    ),
  );
  return lengths.reduce((a, b) => Math.max(a, b), 0);
}

function canonicalViews(plan: Plan) {
  const sets = characterSets(plan).map((text) => text.split(' ') as readonly PathCharacter[]);
  return [undefined, ...sets].map((characters) => ({
    variable: variableName(
      charactersVariable(plan, characters === undefined ? undefined : { characters, reason: '' }),
    ),
    path: mapRegex(start, ...profilePath(characters ?? []), end),
  }));
}

function restView(count: number) {
  const taken = `gw_g${count}`;
  const skipped = Array.from({ length: count }, () => [
    literal('/'),
    repeat(inSegment, 'somePossessive'),
  ]).flat();
  return {
    variable: variableName(restVariable(count)),
    path: mapRegex(start, ...skipped, literal('/'), capture(taken, repeat(noneOf('\r\n'), 'any')), end),
    rest: interpolated(variable(taken)),
  };
}

function distinct(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

export type PathsView = ReturnType<typeof pathsView>;
