import type { RateLimit } from '../../../model/traffic.ts';

/** A month is 30 days, as in the specification (`decide`). */
export const secondsOf: { readonly [P in RateLimit['period']]: number } = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  mo: 2_592_000,
};
