import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RootBlock } from '../../extension/index.ts';
import type { Origin } from '../../model/origin.ts';
import { nameUnused } from '../diagnostics.ts';

/** Where the named entries of root blocks stand that a gateway uses: those that nobody found to be unused. */
export function usedEntries(blocks: readonly RootBlock[], found: readonly Diagnostic[]): readonly Origin[] {
  const unused = new Set(found.flatMap(({ code, at }) => (code === nameUnused.code ? [keyOf(at)] : [])));
  return blocks
    .flatMap(({ backends, authenticators, policies, consumers, secrets }) =>
      [backends, authenticators, policies, consumers, secrets].flatMap((map) =>
        [...(map?.value.values() ?? [])].map(({ at }) => at),
      ),
    )
    .filter((at) => !unused.has(keyOf(at)));
}

function keyOf(at: Diagnostic['at']): string {
  return at === undefined || !('pointer' in at) ? '' : `${at.file}\n${at.pointer}`;
}
