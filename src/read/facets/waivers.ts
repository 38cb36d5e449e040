import type { Waiver } from '../../model/gateway.ts';
import type { Sourced } from '../../model/origin.ts';
import type { Level } from './level.ts';

type Accepted = Sourced<ReadonlyMap<string, Sourced<string>>> | undefined;

/** `targets.<target>.accept` of one block, in document order. */
export function readWaivers(target: Waiver['target'], accept: Accepted): readonly Waiver[] {
  return [...(accept?.value ?? [])].map(([feature, { value, at }]) => ({
    target,
    feature,
    reason: value,
    at,
  }));
}

/** The waivers of a path and its operation; of two for one feature the nearest holds. */
export function nearestWaivers(levels: readonly Level[]): readonly Waiver[] {
  const nearest = new Map<string, Waiver>();
  for (const { block } of levels) {
    const { nginx, aws } = block.targets?.value ?? {};
    const stated = [...readWaivers('nginx', nginx?.value.accept), ...readWaivers('aws', aws?.value.accept)];
    for (const waiver of stated) nearest.set(`${waiver.target} ${waiver.feature}`, waiver);
  }
  return [...nearest.values()];
}
