import type { Node } from '../../source/node.ts';
import type { Weakening } from './weakened-facets.ts';

/** Features that a waiver can take away and that are guards; every other one that can be waived is a setting. */
const guards: ReadonlySet<string> = new Set(['limits', 'bodySize', 'query-credential']);

/** Guards that `targets.<name>.accept` of a block gives up although it did not before. */
export function weakenedWaivers(before: Node | undefined, after: Node): readonly Weakening[] {
  return (after.child('targets')?.entries() ?? []).flatMap(([target, settings]) => {
    const known = before?.child('targets')?.child(target)?.child('accept');
    return (settings.child('accept')?.entries() ?? []).flatMap(([feature, { at }]) =>
      guards.has(feature) && known?.child(feature) === undefined
        ? [{ guard: feature, how: `may be missing on ${target}`, at }]
        : [],
    );
  });
}
