import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import type { Gateway, Operation, Waiver } from '../model/gateway.ts';
import { waiverRefused, waiverWithoutEffect } from './diagnostics.ts';
import { type Feature, featureClasses, queryCredential } from './target.ts';

type Waivable = Feature | typeof queryCredential;

/** The waivers of one target. */
export interface Waivers {
  /** The nearest waiver of a feature, of an operation or of the gateway itself; it then has had its effect. */
  readonly of: (feature: Waivable, operation: Operation | undefined) => Waiver | undefined;
  /** Waivers that name what cannot be waived are errors; those that nothing needed are warnings. */
  readonly findings: () => readonly Diagnostic[];
}

/** Collects the waivers of a gateway and its operations for one target, each place once. */
export function waiversOf(gateway: Gateway, target: Waiver['target']): Waivers {
  const used = new Set<string>();
  const find = (feature: string, waivers: readonly Waiver[]): Waiver | undefined =>
    waivers.find((one) => one.target === target && one.feature === feature);
  return {
    of: (feature, operation) => {
      const waiver = find(feature, operation?.waivers ?? []) ?? find(feature, gateway.targets[target].accept);
      if (waiver !== undefined) used.add(placeOf(waiver));
      return isWaivable(feature) ? waiver : undefined;
    },
    findings: () =>
      everyWaiver(gateway, target).flatMap((waiver) => {
        const { feature, at } = waiver;
        const options = { target };
        if (!isWaivable(feature))
          return [diagnostic(waiverRefused, at, { feature, target, known: waivableNames() }, options)];
        return used.has(placeOf(waiver))
          ? []
          : [diagnostic(waiverWithoutEffect, at, { feature, target }, options)];
      }),
  };
}

function everyWaiver(gateway: Gateway, target: Waiver['target']): readonly Waiver[] {
  const found = new Map<string, Waiver>();
  const operations = gateway.sites.flatMap(({ routes }) => routes.flatMap((route) => route.operations));
  for (const waiver of [...gateway.targets[target].accept, ...operations.flatMap((one) => one.waivers)]) {
    if (waiver.target === target) found.set(placeOf(waiver), waiver);
  }
  return [...found.values()];
}

function placeOf({ at, feature }: Waiver): string {
  return JSON.stringify([at.file, at.pointer, feature]);
}

function isWaivable(feature: string): feature is Waivable {
  if (feature === queryCredential) return true;
  return Object.hasOwn(featureClasses, feature) && featureClasses[feature as Feature] !== 'strict';
}

function waivableNames(): string {
  return [...Object.keys(featureClasses), queryCredential].filter(isWaivable).sort().join(', ');
}
