import type { RateLimit } from '../../../model/traffic.ts';
import { secondsOf } from './period.ts';

/** How AWS WAF counts a limit: requests in any window; what comes then is refused until fewer came. */
export interface RateRule {
  readonly limit: number;
  readonly windowSeconds: (typeof windows)[number];
}

/** AWS WAF Developer Guide, "Rate-based rule high-level settings". */
const windows = [60, 120, 300, 600] as const;
const smallestLimit = 10;
const largestLimit = 2_000_000_000;

/**
 * The rule with the shortest window in which a steady flow of the limit is at least what WAF can count and, if any is
 * that long, at least the burst: shorter windows notice a flood sooner. `undefined`: WAF would let more through.
 */
export function rateRule({ count, period, burst }: RateLimit): RateRule | undefined {
  const inWindow = (window: number): number => Math.floor((count * window) / secondsOf[period]);
  const possible = windows.filter((window) => inWindow(window) >= smallestLimit);
  const windowSeconds = possible.find((window) => inWindow(window) >= burst) ?? possible.at(-1);
  return windowSeconds === undefined
    ? undefined
    : { limit: Math.min(inWindow(windowSeconds), largestLimit), windowSeconds };
}

/** What differs from a bucket with this burst, in words. */
export function differenceOf({ limit, windowSeconds }: RateRule, { burst, per }: RateLimit): string {
  const whose =
    per.kind === 'ip'
      ? 'from one address'
      : per.kind === 'header'
        ? `with one value of ${per.name}`
        : 'from all clients together';
  const smaller = burst > limit ? `, also where the burst of ${burst} would allow more` : '';
  return `AWS WAF counts ${limit} requests ${whose} in any ${windowSeconds} seconds${smaller}, and notices the excess some seconds late`;
}
