import type { Level } from '../../extension/index.ts';
import { readFacets } from '../../extension/index.ts';
import type { Origin } from '../../model/origin.ts';
import { type Node, nodeOf } from '../../source/node.ts';
import { changesStated } from './changes-stated.ts';
import { type Exposure, type Weakening, weakenedFacets } from './weakened-facets.ts';

const silent = (): void => undefined;

const guards: ReadonlySet<string> = new Set([
  'public',
  'authorize',
  'ip',
  'limits',
  'bodySize',
  'clientCertificate',
  'relax',
  'expose',
  'allowInPath',
]);

/**
 * As `weakenedFacets`, for blocks as they are written. What a base with mistakes states has to stay as it is. One that
 * cannot be read in `after` has been reported.
 */
export function weakenedBlock(
  before: Node | undefined,
  after: Node | undefined,
  { level, inherited, at }: { readonly level: Level; readonly inherited: Exposure; readonly at: Origin },
): readonly Weakening[] {
  if (before === undefined && after === undefined) return [];
  const now = after ?? nodeOf({}, at);
  const old = before === undefined ? undefined : readFacets(before, level, silent);
  const patched = readFacets(now, level, silent);
  if (patched === undefined) return [];
  const found = weakenedFacets(old, patched, inherited, now.at);
  if (before === undefined || old !== undefined) return found;
  const changed = changesStated(before, now).filter((field) => guards.has(field));
  return [
    ...found,
    ...changed.map((guard) => ({ guard, how: 'changes what the incomplete base states', at: now.at })),
  ];
}
