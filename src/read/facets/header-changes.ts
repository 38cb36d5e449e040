import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { FacetsBlock } from '../../extension/index.ts';
import type { HeaderChanges } from '../../model/gateway.ts';
import type { Origin, Sourced } from '../../model/origin.ts';
import { byName } from '../by-name.ts';
import { headerConflict } from '../diagnostics.ts';

type Block = NonNullable<FacetsBlock['request']>;

interface Change {
  readonly name: string;
  readonly at: Origin;
  readonly verb: string;
}

/**
 * Constant changes of headers. One header has one change at most, and none that the gateway writes itself: a claim of
 * `forward` or the credential of the back end (`owned`, in any case).
 */
export function headerChanges(
  block: Block | undefined,
  owned: readonly string[],
  report: Report,
): Sourced<HeaderChanges> | undefined {
  if (block === undefined) return undefined;
  const { setHeaders, addHeaders, removeHeaders } = block.value;
  const set = byName(setHeaders?.value ?? []).map(([name, { value, at }]) => ({ name, value, at }));
  const add = byName(addHeaders?.value ?? []).map(([name, { value, at }]) => ({ name, value, at }));
  const remove = (removeHeaders?.value ?? []).map(({ value, at }) => ({ name: value, at }));
  const changes: readonly Change[] = [
    ...remove.map((one) => ({ ...one, verb: 'removed' })),
    ...set.map((one) => ({ ...one, verb: 'set' })),
    ...add.map((one) => ({ ...one, verb: 'added to' })),
  ];
  reportConflicts(changes, new Set(owned.map((name) => name.toLowerCase())), report);
  if (changes.length === 0) return undefined;
  return {
    value: {
      set: set.map(({ name, value }) => ({ name, value })),
      add: add.map(({ name, value }) => ({ name, value })),
      remove: remove.map(({ name }) => name),
    },
    at: block.at,
  };
}

function reportConflicts(changes: readonly Change[], owned: ReadonlySet<string>, report: Report): void {
  const seen = new Map<string, Change>();
  for (const change of changes) {
    const key = change.name.toLowerCase();
    const earlier = seen.get(key);
    if (owned.has(key)) {
      const problem =
        'is written by the gateway itself (forward or credentials), so nothing else may change it';
      report(diagnostic(headerConflict, change.at, { header: change.name, problem }));
    } else if (earlier !== undefined) {
      const problem = `is ${earlier.verb} and ${change.verb}`;
      report(diagnostic(headerConflict, change.at, { header: change.name, problem }));
    }
    seen.set(key, change);
  }
}
