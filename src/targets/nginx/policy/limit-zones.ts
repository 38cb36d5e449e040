import type { RateLimit } from '../../../model/gateway.ts';
import { interpolated, type Piece, parameter, text, variable } from '../token.ts';

/**
 * Zones of `limit_req`: one for each rate and kind of key, shared by buckets. Where a zone has several buckets, the
 * operation says which by a variable; a second limit of the same rate on one operation takes a second zone.
 */
export interface LimitZones {
  readonly zones: readonly LimitZone[];
  /** The zones of an operation's limits, in order. */
  readonly of: (limits: readonly RateLimit[]) => readonly UsedZone[];
}

interface LimitZone {
  readonly name: string;
  readonly limit: RateLimit;
  readonly buckets: Set<string>;
}

export interface UsedZone {
  readonly zone: LimitZone;
  readonly limit: RateLimit;
}

export function limitZones(limitsOfOperations: readonly (readonly RateLimit[])[]): LimitZones {
  const zones = new Map<string, LimitZone>();
  const of = (limits: readonly RateLimit[]): readonly UsedZone[] => {
    const used = new Map<string, number>();
    return limits.map((limit) => {
      const rate = `${limit.count}/${limit.period} ${limit.per}`;
      const slot = used.get(rate) ?? 0;
      used.set(rate, slot + 1);
      const key = `${rate} ${slot}`;
      const zone = zones.get(key) ?? { name: `gw_limit_${zones.size}`, limit, buckets: new Set() };
      zone.buckets.add(limit.bucket);
      zones.set(key, zone);
      return { zone, limit };
    });
  };
  for (const limits of limitsOfOperations) of(limits);
  return { zones: [...zones.values()], of };
}

/** The variable that says which bucket of a zone is meant; undefined where there is only one. */
export function bucketVariable({ name, buckets }: LimitZone): string | undefined {
  return buckets.size > 1 ? name.replace('limit', 'bucket') : undefined;
}

/** A state takes 128 bytes: 16 MB hold about 128,000 addresses. */
const SIZES = { ip: '16m', all: '1m' } as const;

export function limitZonesView({ zones }: LimitZones) {
  return zones.map((zone) => ({
    key: interpolated(...zoneKey(zone)),
    zone: parameter('zone', `${zone.name}:${SIZES[zone.limit.per]}`),
    rate: parameter('rate', `${zone.limit.count}r/${zone.limit.period}`),
  }));
}

function zoneKey(zone: LimitZone): readonly Piece[] {
  const bucket = bucketVariable(zone);
  const named = bucket === undefined ? [] : [variable(bucket)];
  if (zone.limit.per === 'ip') return [variable('binary_remote_addr'), ...named];
  return named.length > 0 ? named : [text('all')];
}

/** `burst` of nginx counts what exceeds the first request. */
export function usedZoneView({ zone, limit }: UsedZone) {
  return {
    zone: parameter('zone', zone.name),
    more: limit.burst > 1,
    burst: parameter('burst', Math.max(0, limit.burst - 1)),
  };
}

/** Value of `Retry-After` in seconds: when the slowest limit has a token again. */
export function retryAfter(limits: readonly RateLimit[]): number {
  return Math.max(1, ...limits.map(({ count, period }) => Math.ceil((period === 'm' ? 60 : 1) / count)));
}

/** Names of the variables that operations set for their buckets. */
export function bucketVariables({ zones }: LimitZones): readonly string[] {
  return zones.flatMap((zone) => bucketVariable(zone) ?? []);
}
