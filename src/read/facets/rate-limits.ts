import type { FacetsBlock } from '../../extension/index.ts';
import type { Sourced } from '../../model/origin.ts';
import type { RateLimit } from '../../model/traffic.ts';
import { readableId } from '../routes/route-id.ts';
import type { Placed } from './accumulate-guards.ts';

/** Seconds of a period; a month counts as 30 days. */
const seconds: { readonly [Period in RateLimit['period']]: number } = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  mo: 2_592_000,
};

type Stated = NonNullable<FacetsBlock['limits']>;

/** Limits of blocks that several operations inherit: the same block always stands at the same level. */
const known = new WeakMap<Stated, readonly Sourced<RateLimit>[]>();

/**
 * Every limit of every level. Its counter belongs to the level that declares it: a limit in `defaults` is shared by all
 * operations of the document, a path's by that path's operations (LANGUAGE.md §3).
 */
export function rateLimits(stated: readonly Placed<Stated>[]): readonly Sourced<RateLimit>[] | undefined {
  const limits = stated.flatMap((placed) => {
    const read = known.get(placed.fact) ?? limitsOfLevel(placed);
    known.set(placed.fact, read);
    return read;
  });
  return limits.length === 0 ? undefined : limits;
}

function limitsOfLevel({ fact, level }: Placed<Stated>): readonly Sourced<RateLimit>[] {
  return fact.value.map((limit, index) => {
    const { count, period } = limit.value.rate.value;
    return {
      value: {
        count,
        period,
        burst: limit.value.burst?.value ?? defaultBurst(count, period),
        per: { kind: limit.value.per?.value ?? 'ip' },
        scope: 'node',
        bucket: readableId(`${level.words} ${index}`, `${level.identity}\n${index}`),
      },
      at: limit.at,
    };
  });
}

/** The rate per second, rounded up: at least one request. */
export function defaultBurst(count: number, period: RateLimit['period']): number {
  return Math.max(1, Math.ceil(count / seconds[period]));
}

/** Requests per second. */
export function ratePerSecond({ count, period }: Pick<RateLimit, 'count' | 'period'>): number {
  return count / seconds[period];
}
