import type { RateLimit } from '../../../model/traffic.ts';
import { secondsOf } from './period.ts';

/** The token bucket of one method of a stage: requests a second, and how many may come at once. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/**
 * One bucket that holds every limit: the slowest rate and the smallest burst. `exact` where one of the limits has both,
 * for then it is the only one that ever refuses.
 */
export function throttleOf(
  limits: readonly Pick<RateLimit, 'count' | 'period' | 'burst'>[],
): { readonly throttle: Throttle; readonly exact: boolean } | undefined {
  if (limits.length === 0) return undefined;
  const throttles = limits.map(({ count, period, burst }) => ({ rate: count / secondsOf[period], burst }));
  const rate = Math.min(...throttles.map((one) => one.rate));
  const burst = Math.min(...throttles.map((one) => one.burst));
  return {
    throttle: { rate, burst },
    exact: throttles.some((one) => one.rate === rate && one.burst === burst),
  };
}
