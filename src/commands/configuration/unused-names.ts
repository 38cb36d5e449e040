import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { nameUnused } from '../../read/root-diagnostics.ts';
import type { ReadingOptions, ReadSources } from '../load.ts';
import { surveyGateways } from '../survey-gateways.ts';
import type { Selected } from './select-gateways.ts';

/**
 * Findings without the warnings of names in shared blocks that another gateway of the configuration uses. Where a
 * gateway has errors, it may use any of them, so that only warnings about documents stay.
 */
export async function withoutUsedElsewhere(
  found: readonly Diagnostic[],
  selected: Extract<Selected, { kind: 'selected' }>,
  options: ReadingOptions,
  read: ReadSources,
): Promise<readonly Diagnostic[]> {
  if (!selected.several || !found.some(isUnused)) return found;
  const every = selected.every();
  const { gateways, complete } = await surveyGateways(every, options, read);
  const used = new Set(gateways.flatMap((one) => one.used.map(keyOf)));
  const documents = new Set((every ?? selected.selections).flatMap(({ specs }) => specs));
  return found.filter((one) => {
    if (!isUnused(one) || one.at === undefined) return true;
    return !used.has(keyOf(one.at)) && (complete || documents.has(one.at.file));
  });
}

function isUnused({ code }: Diagnostic): boolean {
  return code === nameUnused.code;
}

function keyOf(place: Place): string {
  return 'pointer' in place ? `${place.file}\n${place.pointer}` : place.file;
}
