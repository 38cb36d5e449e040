import type { IpAccess } from '../../../model/gateway.ts';
import type { IpRange } from '../../../model/policy.ts';
import { range } from '../token/address.ts';
import { variableName } from '../token.ts';

/** Lists of address ranges, each a `geo` variable: 1 inside, 0 outside. */
export interface AddressLists {
  readonly lists: readonly (readonly IpRange[])[];
  readonly variableOf: (ranges: readonly IpRange[]) => string;
}

export function addressLists(asked: readonly IpAccess[]): AddressLists {
  const found = new Map<string, readonly IpRange[]>();
  for (const { allow, deny } of asked) {
    for (const ranges of [...allow, deny])
      if (ranges.length > 0 || ranges !== deny) found.set(keyOf(ranges), ranges);
  }
  const keys = [...found.keys()];
  return {
    lists: [...found.values()],
    variableOf: (ranges) => `gw_range_${keys.indexOf(keyOf(ranges))}`,
  };
}

export function addressListsView({ lists, variableOf }: AddressLists) {
  return lists.map((ranges) => ({
    variable: variableName(variableOf(ranges)),
    ranges: uniqueTexts(ranges).map((text) => ({ range: range(text) })),
  }));
}

/** The checks of one operation: the value with which each list refuses the client. */
export function addressChecksView({ allow, deny }: IpAccess, lists: AddressLists) {
  return [
    ...allow.map((ranges) => ({ variable: variableName(lists.variableOf(ranges)), inside: false })),
    ...(deny.length === 0 ? [] : [{ variable: variableName(lists.variableOf(deny)), inside: true }]),
  ];
}

function keyOf(ranges: readonly IpRange[]): string {
  return uniqueTexts(ranges).join(' ');
}

function uniqueTexts(ranges: readonly IpRange[]): readonly string[] {
  return [...new Set(ranges.map(({ text }) => text))].sort();
}
