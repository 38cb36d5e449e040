import type { FacetsBlock } from '../../extension/index.ts';
import type { IpAccess } from '../../model/gateway.ts';
import type { Sourced } from '../../model/origin.ts';

/** Allow lists of all levels must each hold, deny lists unite; the place is that of the innermost level. */
export function ipAccess(stated: readonly NonNullable<FacetsBlock['ip']>[]): Sourced<IpAccess> | undefined {
  const innermost = stated.at(-1);
  if (innermost === undefined) return undefined;
  const allow = stated.flatMap(({ value }) => (value.allow === undefined ? [] : [value.allow.value]));
  const deny = stated.flatMap(({ value }) => value.deny?.value ?? []);
  if (allow.length === 0 && deny.length === 0) return undefined;
  return {
    value: {
      allow: allow.map((list) => list.map(({ value }) => value)),
      deny: deny.map(({ value }) => value),
    },
    at: innermost.at,
  };
}
