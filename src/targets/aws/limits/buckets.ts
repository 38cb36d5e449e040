import type { Gateway, Operation } from '../../../model/gateway.ts';
import type { RateLimit } from '../../../model/traffic.ts';

const known = new WeakMap<Gateway, ReadonlyMap<string, readonly Operation[]>>();

/** The operations that count in the same bucket as this limit. */
export function sharersOf(limit: RateLimit, gateway: Gateway): readonly Operation[] {
  let buckets = known.get(gateway);
  if (buckets === undefined) {
    buckets = bucketsOf(gateway);
    known.set(gateway, buckets);
  }
  return buckets.get(bucketKey(limit)) ?? [];
}

/** One name may stand for several rates: then these are several buckets. */
export function bucketKey({ bucket, count, period, per }: RateLimit): string {
  return `${count}/${period} ${JSON.stringify(per)} ${bucket}`;
}

/** An operation counts once for each site that has it: there it is a method of another API, with a throttle of its own. */
function bucketsOf({ sites }: Gateway): ReadonlyMap<string, readonly Operation[]> {
  const found = new Map<string, Operation[]>();
  const operations = sites.flatMap(({ routes }) => routes.flatMap((route) => route.operations));
  for (const operation of operations) {
    for (const key of new Set((operation.features.limits ?? []).map(({ value }) => bucketKey(value)))) {
      const sharers = found.get(key);
      if (sharers === undefined) found.set(key, [operation]);
      else sharers.push(operation);
    }
  }
  return found;
}
