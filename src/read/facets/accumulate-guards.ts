import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { FacetsBlock } from '../../extension/index.ts';
import type { Bytes, Relaxation } from '../../model/gateway.ts';
import type { Sourced } from '../../model/origin.ts';
import { guardWeakened, relaxWithoutEffect } from '../diagnostics.ts';
import type { Level } from './level.ts';

type Stated<Key extends keyof FacetsBlock> = NonNullable<FacetsBlock[Key]>;
export interface Placed<Fact> {
  readonly fact: Fact;
  readonly level: Level;
}

/** Guards of all levels together (LANGUAGE.md §3): what every level demands holds, unless a level says `relax`. */
export interface Guards {
  readonly authorize: readonly Stated<'authorize'>[];
  readonly ip: readonly Stated<'ip'>[];
  readonly limits: readonly Placed<Stated<'limits'>>[];
  /** Undefined where no level states one: the built-in default is no inherited guard. */
  readonly bodySize: Sourced<Bytes> | undefined;
  readonly relaxed: readonly Sourced<Relaxation>[];
}

/** Accumulates guards over levels, outermost first. A `relax` that has nothing to relax is an error. */
export function accumulateGuards(levels: readonly Level[], report: Report): Guards {
  const relaxed: Sourced<Relaxation>[] = [];
  const stated = <Key extends 'authorize' | 'ip' | 'limits'>(key: Key): readonly Placed<Stated<Key>>[] => {
    let held: readonly Placed<Stated<Key>>[] = [];
    for (const level of levels) {
      const reason = reasonOf(level, key);
      if (reason !== undefined && held.length > 0) {
        relaxed.push({ value: { guard: key, reason: reason.value }, at: reason.at });
        held = [];
      } else if (reason !== undefined) {
        report(
          diagnostic(relaxWithoutEffect, reason.at, { guard: key, why: 'no upper level states the guard' }),
        );
      }
      const own = level.block[key];
      if (own !== undefined) held = [...held, { fact: own as Stated<Key>, level }];
    }
    return held;
  };
  return {
    authorize: stated('authorize').map(({ fact }) => fact),
    ip: stated('ip').map(({ fact }) => fact),
    limits: stated('limits'),
    bodySize: smallestBody(levels, relaxed, report),
    relaxed,
  };
}

function reasonOf({ block }: Level, key: 'authorize' | 'ip' | 'limits'): Sourced<string> | undefined {
  return block.relax?.value[key];
}

function smallestBody(
  levels: readonly Level[],
  relaxed: Sourced<Relaxation>[],
  report: Report,
): Sourced<Bytes> | undefined {
  let held: Sourced<Bytes> | undefined;
  for (const { block } of levels) {
    const own = block.bodySize;
    const reason = block.relax?.value.bodySize;
    const larger = own !== undefined && held !== undefined && own.value > held.value;
    if (reason !== undefined && larger) {
      relaxed.push({ value: { guard: 'bodySize', reason: reason.value }, at: reason.at });
    } else if (reason !== undefined) {
      const why = 'no bodySize beside it is larger than an inherited one';
      report(diagnostic(relaxWithoutEffect, reason.at, { guard: 'bodySize', why }));
    } else if (larger) {
      const facts = {
        guard: 'bodySize',
        stated: `${own.value} bytes`,
        inherited: `${held?.value ?? 0} bytes`,
      };
      const options = held === undefined ? {} : { related: [related('The inherited value.', held.at)] };
      report(diagnostic(guardWeakened, own.at, facts, options));
      continue;
    }
    held = own ?? held;
  }
  return held;
}
