import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { FacetsBlock } from '../../extension/index.ts';
import type { ClientCertificateMode } from '../../model/authentication.ts';
import type { Bytes, Relaxation } from '../../model/gateway.ts';
import type { Sourced } from '../../model/origin.ts';
import { guardWeakened, relaxWithoutEffect } from '../diagnostics.ts';
import { isWeaker } from './client-certificate.ts';
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
  /** The strictest of all levels. */
  readonly clientCertificate: Sourced<ClientCertificateMode> | undefined;
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
    bodySize: strictest(bodySize, levels, relaxed, report),
    clientCertificate: strictest(clientCertificate, levels, relaxed, report),
    relaxed,
  };
}

type Guard = 'authorize' | 'ip' | 'limits' | 'bodySize' | 'clientCertificate';

function reasonOf({ block }: Level, key: Guard): Sourced<string> | undefined {
  return block.relax?.value[key];
}

interface OrderedGuard<Value> {
  readonly key: 'bodySize' | 'clientCertificate';
  readonly of: (level: Level) => Sourced<Value> | undefined;
  /** Whether a value asks for less than an inherited one. */
  readonly isWeaker: (own: Value, inherited: Value) => boolean;
  readonly print: (value: Value) => string;
}

const bodySize: OrderedGuard<Bytes> = {
  key: 'bodySize',
  of: ({ block }) => block.bodySize,
  isWeaker: (own, inherited) => own > inherited,
  print: (value) => `${value} bytes`,
};
const clientCertificate: OrderedGuard<ClientCertificateMode> = {
  key: 'clientCertificate',
  of: ({ block }) => block.clientCertificate,
  isWeaker,
  print: (value) => value,
};

/** The strictest value of all levels, or that of the last level that relaxes it. */
function strictest<Value>(
  { key, of, isWeaker: weaker, print }: OrderedGuard<Value>,
  levels: readonly Level[],
  relaxed: Sourced<Relaxation>[],
  report: Report,
): Sourced<Value> | undefined {
  let held: Sourced<Value> | undefined;
  for (const level of levels) {
    const own = of(level);
    const reason = reasonOf(level, key);
    const weakens = own !== undefined && held !== undefined && weaker(own.value, held.value);
    if (reason !== undefined && weakens) {
      relaxed.push({ value: { guard: key, reason: reason.value }, at: reason.at });
    } else if (reason !== undefined) {
      const why = `no ${key} beside it is weaker than an inherited one`;
      report(diagnostic(relaxWithoutEffect, reason.at, { guard: key, why }));
    } else if (weakens && held !== undefined) {
      const facts = { guard: key, stated: print(own.value), inherited: print(held.value) };
      report(
        diagnostic(guardWeakened, own.at, facts, { related: [related('The inherited value.', held.at)] }),
      );
      continue;
    }
    if (held === undefined || own === undefined || weakens || weaker(held.value, own.value))
      held = own ?? held;
  }
  return held;
}
