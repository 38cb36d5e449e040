import type { RateLimit } from '../../../model/traffic.ts';
import { interpolated, type Piece, parameter, text, variable } from '../token.ts';

/**
 * Zones of `limit_req`: shared by buckets of one rate, for a zone is memory and there may be a bucket for each
 * operation. Where a zone has several buckets, the operation says which by a variable; buckets that one operation
 * counts in together are in different zones.
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

interface UsedZone {
  readonly zone: LimitZone;
  readonly limit: RateLimit;
}

export function limitZones(limitsOfOperations: readonly (readonly RateLimit[])[]): LimitZones {
  const together = companions(limitsOfOperations);
  const zones: LimitZone[] = [];
  const places = new Map<string, LimitZone>();
  for (const limit of limitsOfOperations.flat()) {
    const key = bucketKey(limit);
    if (places.has(key)) continue;
    const taken = new Set([...(together.get(key) ?? [])].map((other) => places.get(other)));
    const free = zones.find((zone) => rateOf(zone.limit) === rateOf(limit) && !taken.has(zone));
    const zone = free ?? { name: `gw_limit_${zones.length}`, limit, buckets: new Set() };
    if (free === undefined) zones.push(zone);
    zone.buckets.add(limit.bucket);
    places.set(key, zone);
  }
  const of = (limits: readonly RateLimit[]): readonly UsedZone[] => {
    const used = new Map<LimitZone, RateLimit>();
    for (const limit of limits) {
      const zone = places.get(bucketKey(limit));
      const known = zone === undefined ? undefined : used.get(zone);
      if (zone !== undefined && (known === undefined || limit.burst < known.burst)) used.set(zone, limit);
    }
    return [...used].map(([zone, limit]) => ({ zone, limit }));
  };
  return { zones, of };
}

/** Buckets of one rate that some operation counts in together. */
function companions(
  limitsOfOperations: readonly (readonly RateLimit[])[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const limits of limitsOfOperations) {
    for (const limit of limits) {
      const others = limits
        .filter((other) => other !== limit && rateOf(other) === rateOf(limit))
        .map(bucketKey);
      if (others.length === 0) continue;
      const known = found.get(bucketKey(limit)) ?? new Set<string>();
      for (const other of others) known.add(other);
      found.set(bucketKey(limit), known);
    }
  }
  return found;
}

function rateOf({ count, period, per }: RateLimit): string {
  return `${count}/${period} ${per.kind}`;
}

function bucketKey(limit: RateLimit): string {
  return `${rateOf(limit)} ${limit.bucket}`;
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
    zone: parameter('zone', `${zone.name}:${zone.limit.per.kind === 'ip' ? SIZES.ip : SIZES.all}`),
    rate: parameter('rate', `${zone.limit.count}r/${zone.limit.period}`),
  }));
}

function zoneKey(zone: LimitZone): readonly Piece[] {
  const bucket = bucketVariable(zone);
  const named = bucket === undefined ? [] : [variable(bucket)];
  if (zone.limit.per.kind === 'ip') return [variable('binary_remote_addr'), ...named];
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
