import type { RateLimit } from '../model/traffic.ts';
import type { World } from './decision.ts';

const seconds = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, mo: 2_592_000 } as const;

/** Whether one more request passes every limit; takes a token from each bucket only if it does. */
export function passesLimits(limits: readonly RateLimit[], client: string, { buckets, now }: World): boolean {
  if (buckets === undefined) return true;
  const filled = limits.map((limit) => {
    const key = limit.per.kind === 'ip' ? `${limit.bucket} ${client}` : limit.bucket;
    const bucket = buckets.get(key) ?? { tokens: limit.burst, at: now };
    const refill = (Math.max(0, now - bucket.at) * limit.count) / seconds[limit.period];
    return { key, tokens: Math.min(limit.burst, bucket.tokens + refill) };
  });
  const passes = filled.every(({ tokens }) => tokens >= 1);
  for (const { key, tokens } of filled) buckets.set(key, { tokens: passes ? tokens - 1 : tokens, at: now });
  return passes;
}

/** Value of `Retry-After` in seconds: when the slowest limit has a token again, the same for every request. */
export function retryAfter(limits: readonly RateLimit[]): number {
  return Math.max(1, ...limits.map(({ count, period }) => Math.ceil(seconds[period] / count)));
}
