import type { Milliseconds } from '../../model/backend.ts';
import type { Bytes } from '../../model/gateway.ts';
import type { RateLimit } from '../../model/traffic.ts';
import type { Shape } from '../shape.ts';
import { type Parsed, text } from '../text.ts';

const SECOND = 1000;
const UNITS = { ms: 1, s: SECOND, m: 60 * SECOND, h: 3600 * SECOND, d: 86_400 * SECOND } as const;

interface DurationBounds {
  /** Inclusive, as a duration text. */
  readonly min: string;
  readonly max: string;
  /** The value must be a multiple of one second. */
  readonly wholeSeconds?: true;
}

/** A length of time with its unit (`250ms`, `2s`, `10m`, `1h`, `180d`), read to milliseconds. */
export function duration(bounds: DurationBounds): Shape<Milliseconds> {
  const min = milliseconds(bounds.min);
  const max = milliseconds(bounds.max);
  return text({
    label: 'duration',
    pattern: '[0-9]{1,12}(?:ms|s|m|h|d)',
    allows: 'a whole number and a unit, one of ms, s, m, h and d',
    example: min > 30 * SECOND || max < 30 * SECOND ? bounds.max : '30s',
    parse: (value) => {
      const read = milliseconds(value);
      if (read < min || read > max) return { problem: `is not from ${bounds.min} to ${bounds.max}` };
      if (bounds.wholeSeconds === true && read % SECOND !== 0)
        return { problem: 'is not a number of whole seconds' };
      return { value: read };
    },
  });
}

function milliseconds(value: string): number {
  const [, count, unit] = /^([0-9]+)(ms|s|m|h|d)$/.exec(value) ?? [];
  return Number(count) * UNITS[(unit ?? 'ms') as keyof typeof UNITS];
}

const SIZE_UNITS = { b: 1, kb: 1024, mb: 1024 * 1024 } as const;
/** One tebibyte. */
const LARGEST = 1024 ** 4;

/** A number of bytes with its unit (`512b`, `64kb`, `1mb`; 1kb is 1,024 bytes), at least one byte. */
export const size: Shape<Bytes> = text({
  label: 'size',
  pattern: '[0-9]{1,13}(?:b|kb|mb)',
  allows: 'a whole number and a unit, one of b, kb and mb',
  example: '256kb',
  parse: (value): Parsed<Bytes> => {
    const [, count, unit] = /^([0-9]+)(b|kb|mb)$/.exec(value) ?? [];
    const bytes = Number(count) * SIZE_UNITS[(unit ?? 'b') as keyof typeof SIZE_UNITS];
    if (bytes < 1) return { problem: 'is not at least 1b (zero would mean "no limit" to some servers)' };
    return bytes > LARGEST ? { problem: 'is more than 1048576mb' } : { value: bytes };
  },
});

export interface Rate {
  readonly count: number;
  readonly period: RateLimit['period'];
}

const MOST_REQUESTS = 1_000_000_000;

/** Requests in a period: `50/s`, `5/m`, `1000/d`. */
export const rate: Shape<Rate> = text({
  label: 'rate',
  pattern: '[0-9]{1,10}/(?:s|m|h|d|w|mo)',
  allows: 'a whole number, a slash and a period, one of s, m, h, d, w and mo',
  example: '50/s',
  parse: (value): Parsed<Rate> => {
    const [, digits, period] = /^([0-9]+)\/(s|m|h|d|w|mo)$/.exec(value) ?? [];
    const count = Number(digits);
    if (count < 1) return { problem: 'allows no request at all' };
    if (count > MOST_REQUESTS) return { problem: `is more than ${MOST_REQUESTS} requests` };
    return { value: { count, period: (period ?? 's') as Rate['period'] } };
  },
});
