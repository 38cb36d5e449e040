import type { Gateway } from '../../../model/gateway.ts';
import type { RateLimit } from '../../../model/traffic.ts';
import { sharersOf } from './buckets.ts';

/** What the stage holds each method to: also its share of what several operations have together. */
export function isThrottled({ per }: RateLimit): boolean {
  return per.kind === 'all' || per.kind === 'operation';
}

/** What AWS WAF counts. */
export function isCounted(limit: RateLimit, gateway: Gateway): boolean {
  const { kind } = limit.per;
  return kind === 'ip' || kind === 'header' || (kind === 'all' && sharersOf(limit, gateway).length > 1);
}
