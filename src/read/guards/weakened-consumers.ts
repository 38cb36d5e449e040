import type { RootBlock } from '../../extension/index.ts';
import type { Origin } from '../../model/origin.ts';
import type { Weakening } from './weakened-facets.ts';

type Consumers = RootBlock['consumers'];

/**
 * Keys and groups that consumers did not have. A base without any key leaves its keys to the environments, so theirs
 * are no weakening.
 */
export function weakenedConsumers(before: Consumers, after: Consumers, at: Origin): readonly Weakening[] {
  const known = keysOf(before);
  if (known.size === 0) return [];
  const found: Weakening[] = [];
  for (const [name, { value: consumer, at: place }] of after?.value ?? []) {
    const guard = `consumers.${name}`;
    const added = (consumer.keys?.value ?? []).some(
      ({ value }) => !known.has(`${name} ${value.sha256.value}`),
    );
    if (added)
      found.push({ guard: `${guard}.keys`, how: 'accepts another key', at: consumer.keys?.at ?? at });
    const groups = (before?.value.get(name)?.value.groups?.value ?? []).map(({ value }) => value);
    const joins = (consumer.groups?.value ?? []).some(({ value }) => !groups.includes(value));
    if (before?.value.has(name) === true && joins) {
      found.push({ guard: `${guard}.groups`, how: 'joins another group', at: consumer.groups?.at ?? place });
    }
  }
  return found;
}

function keysOf(consumers: Consumers): ReadonlySet<string> {
  return new Set(
    [...(consumers?.value ?? [])].flatMap(([name, { value }]) =>
      (value.keys?.value ?? []).map((key) => `${name} ${key.value.sha256.value}`),
    ),
  );
}
