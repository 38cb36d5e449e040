import type { Throttle } from './deployed.ts';

/** Token buckets by key (API Gateway Developer Guide, "Throttle requests to your REST APIs": the token bucket algorithm). */
export interface TokenBuckets {
  /** Whether there is a token, which is then taken. `now` in milliseconds. */
  readonly take: (key: string, throttle: Throttle, now: number) => boolean;
}

export function tokenBuckets(): TokenBuckets {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take: (key, { burstLimit, rateLimit }, now) => {
      const bucket = buckets.get(key) ?? { tokens: burstLimit, at: now };
      const tokens = Math.min(burstLimit, bucket.tokens + ((now - bucket.at) / 1000) * rateLimit);
      const taken = tokens >= 1;
      buckets.set(key, { tokens: taken ? tokens - 1 : tokens, at: now });
      return taken;
    },
  };
}
