import type { ExpressionBlock, FacetsBlock } from '../../extension/index.ts';
import type { Origin } from '../../model/origin.ts';
import type { IpRange } from '../../model/policy.ts';
import { inIpRange, parseIpAddress } from '../../policy/index.ts';
import { isWeaker } from '../facets/client-certificate.ts';
import { defaultBurst, ratePerSecond } from '../facets/rate-limits.ts';
import { sameContents } from '../root/same-contents.ts';

/** A guard that lets more requests through than before. */
export interface Weakening {
  readonly guard: string;
  /** A clause: `allows more than 1024 bytes`. */
  readonly how: string;
  readonly at: Origin;
  /** What the base says. */
  readonly was?: Origin;
}

export type Exposure = keyof typeof exposure;

type Facet<Key extends keyof FacetsBlock> = FacetsBlock[Key] | undefined;

/**
 * Guards of one level that `after` weakens against `before`. Conservative: what cannot be shown to be at least as
 * strict is a weakening. `inherited` is who may call what the base says nothing about at this level; `at` is the place
 * for what is no longer there.
 */
export function weakenedFacets(
  before: FacetsBlock | undefined,
  after: FacetsBlock | undefined,
  inherited: Exposure,
  at: Origin,
): readonly Weakening[] {
  const found: Weakening[] = [];
  const check = (guard: keyof FacetsBlock & string, how: string | undefined): void => {
    if (how === undefined) return;
    const was = before?.[guard]?.at;
    found.push({ guard, how, at: after?.[guard]?.at ?? at, ...(was === undefined ? {} : { was }) });
  };
  check('public', before?.public === undefined && after?.public !== undefined ? 'is stated anew' : undefined);
  check('authorize', weakenedAuthorize(before?.authorize, after?.authorize));
  check('ip', weakenedIp(before?.ip, after?.ip));
  check('limits', weakenedLimits(before?.limits, after?.limits));
  check('bodySize', weakenedBodySize(before?.bodySize, after?.bodySize));
  check('clientCertificate', weakenedCertificate(before?.clientCertificate, after?.clientCertificate));
  check('relax', weakenedRelax(before?.relax, after?.relax));
  check('expose', weakenedExposure(before?.expose, after?.expose, inherited));
  check('allowInPath', weakenedCharacters(before?.allowInPath, after?.allowInPath));
  return found;
}

function weakenedAuthorize(before: Facet<'authorize'>, after: Facet<'authorize'>): string | undefined {
  const held = after === undefined ? [] : conjuncts(after.value);
  const missing =
    before === undefined
      ? []
      : conjuncts(before.value).filter((one) => !held.some((other) => sameContents(one, other)));
  return missing.length === 0 ? undefined : 'no longer demands everything it demanded';
}

function conjuncts(expression: ExpressionBlock): readonly ExpressionBlock[] {
  return expression.kind === 'all' ? expression.of.flatMap(conjuncts) : [expression];
}

function weakenedIp(before: Facet<'ip'>, after: Facet<'ip'>): string | undefined {
  const allowed = values(before?.value.allow);
  const nowAllowed = values(after?.value.allow);
  if (
    allowed !== undefined &&
    !nowAllowed?.every((range) => allowed.some((outer) => containsRange(outer, range)))
  ) {
    return 'allows addresses that were not allowed';
  }
  const nowDenied = values(after?.value.deny) ?? [];
  const stillDenied = values(before?.value.deny)?.every((range) =>
    nowDenied.some((outer) => containsRange(outer, range)),
  );
  return stillDenied === false ? 'no longer denies every address that it denied' : undefined;
}

function values(
  list: { readonly value: readonly { readonly value: IpRange }[] } | undefined,
): readonly IpRange[] | undefined {
  return list?.value.map(({ value }) => value);
}

/** Whether every address of `inner` is one of `outer`. */
export function containsRange(outer: IpRange, inner: IpRange): boolean {
  const [network = '', length] = inner.text.split('/');
  const address = parseIpAddress(network);
  return (
    address !== undefined && inIpRange(address, outer) && Number(length) >= Number(outer.text.split('/')[1])
  );
}

function weakenedLimits(before: Facet<'limits'>, after: Facet<'limits'>): string | undefined {
  const held = (after?.value ?? []).map(({ value }) => strength(value));
  const holds = (before?.value ?? []).every(({ value }) => {
    const old = strength(value);
    return held.some((one) => one.per === old.per && one.rate <= old.rate && one.burst <= old.burst);
  });
  return holds ? undefined : 'no longer limits as much as it limited';
}

function strength({ rate, burst, per }: NonNullable<Facet<'limits'>>['value'][number]['value']) {
  return {
    per: per?.value ?? 'ip',
    rate: ratePerSecond(rate.value),
    burst: burst?.value ?? defaultBurst(rate.value.count, rate.value.period),
  };
}

function weakenedBodySize(before: Facet<'bodySize'>, after: Facet<'bodySize'>): string | undefined {
  if (before === undefined || (after !== undefined && after.value <= before.value)) return undefined;
  return `allows more than ${before.value} bytes`;
}

function weakenedRelax(before: Facet<'relax'>, after: Facet<'relax'>): string | undefined {
  const guards = ['authorize', 'ip', 'limits', 'bodySize', 'clientCertificate'] as const;
  const relaxed = guards.find(
    (guard) => after?.value[guard] !== undefined && before?.value[guard] === undefined,
  );
  return relaxed === undefined ? undefined : `relaxes ${relaxed}`;
}

function weakenedCertificate(
  before: Facet<'clientCertificate'>,
  after: Facet<'clientCertificate'>,
): string | undefined {
  return isWeaker(after?.value ?? 'none', before?.value ?? 'none')
    ? 'asks for less of client certificates'
    : undefined;
}

const exposure = { none: 0, internal: 1, public: 2 } as const;

function weakenedExposure(
  before: Facet<'expose'>,
  after: Facet<'expose'>,
  inherited: Exposure,
): string | undefined {
  if (before === undefined && after === undefined) return undefined;
  return exposure[after?.value ?? 'public'] > exposure[before?.value ?? inherited]
    ? 'serves the operation to more callers'
    : undefined;
}

function weakenedCharacters(before: Facet<'allowInPath'>, after: Facet<'allowInPath'>): string | undefined {
  const allowed = (before?.value.characters.value ?? []).map(({ value }) => value);
  const added = after?.value.characters.value.find(({ value }) => !allowed.includes(value));
  return added === undefined ? undefined : `allows "${added.value}" in paths`;
}
