import type { Consumer } from '../../../model/authentication.ts';
import type { ConsumerBucket, ConsumerData } from './guard-data.ts';

/** Keys of consumers by the first two digits of their hashes: no look-up reads more than a part of them. */
export function consumerBuckets(consumers: readonly Consumer[]): ReadonlyMap<string, ConsumerBucket> {
  const buckets = new Map<string, [hash: string, data: ConsumerData][]>();
  for (const { name: consumer, keys, groups } of consumers) {
    for (const hash of keys) {
      const bucket = buckets.get(hash.slice(0, 2)) ?? [];
      bucket.push([hash, { consumer, groups }]);
      buckets.set(hash.slice(0, 2), bucket);
    }
  }
  const sorted = [...buckets].sort(byFirst);
  return new Map(sorted.map(([name, entries]) => [name, Object.fromEntries(entries.sort(byFirst))]));
}

export function bucketNames(consumers: readonly Consumer[]): readonly string[] {
  return [...consumerBuckets(consumers).keys()];
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
