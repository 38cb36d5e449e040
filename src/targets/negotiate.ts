import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import type { Gateway, Operation } from '../model/gateway.ts';
import type { Origin, Sourced } from '../model/origin.ts';
import { accepted, approximate, guardNotEnforceable, notSupported, waiverUnused } from './diagnostics.ts';
import {
  type Feature,
  featureClasses,
  type GatewayFeature,
  type GatewayTable,
  type Lowered,
  type LoweredOperation,
  type OperationFeature,
  type OperationTable,
  type Outcome,
  type Target,
} from './target.ts';

type OperationParts = { readonly [F in OperationFeature]: unknown };
type GatewayParts = { readonly [F in GatewayFeature]: unknown };
type Waivers = readonly Sourced<{ readonly feature: string; readonly reason: string }>[];

export interface Negotiated<O, G> {
  readonly lowered: Lowered<O, G>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Asks the target for every feature of the model and turns the answers into diagnostics: the one place where an
 * inexact answer gets its severity (DESIGN.md §2).
 */
export function negotiate<O extends OperationParts, G extends GatewayParts>(
  gateway: Gateway,
  target: Target<O, G>,
): Negotiated<O, G> {
  const found: Diagnostic[] = [];
  const judge = judgeFor(target, gateway.targets[target.name].accept, found);
  const gatewayPart: Partial<Record<GatewayFeature, unknown>> = {};
  for (const feature of keysOf(target.gatewayFeatures)) {
    gatewayPart[feature] = judge(
      feature,
      'the gateway',
      placeOf(gateway[feature]),
      lowerGateway(target.gatewayFeatures, feature, gateway),
    );
  }
  const parts = new Map<Operation, LoweredOperation<O>>();
  for (const operation of operationsOf(gateway)) {
    if (parts.has(operation)) continue;
    const part: Partial<Record<OperationFeature, unknown>> = {};
    for (const feature of keysOf(target.operationFeatures)) {
      const outcome = lowerOperation(target.operationFeatures, feature, gateway, operation);
      if (outcome === undefined) continue;
      part[feature] = judge(
        feature,
        operation.id,
        placeOf(operation.features[feature]) ?? operation.at,
        outcome,
      );
    }
    parts.set(operation, part as LoweredOperation<O>);
  }
  return {
    lowered: {
      gateway: gatewayPart as Lowered<O, G>['gateway'],
      of: (operation) => parts.get(operation) ?? ({} as LoweredOperation<O>),
    },
    diagnostics: found,
  };
}

type Judge = <Part>(
  feature: Feature,
  subject: string,
  at: Origin | undefined,
  outcome: Outcome<Part>,
) => Part | undefined;

function judgeFor<O extends OperationParts, G extends GatewayParts>(
  target: Target<O, G>,
  waivers: Waivers,
  found: Diagnostic[],
): Judge {
  const waivable = new Map<string, string>();
  for (const waiver of waivers) {
    const { feature, reason } = waiver.value;
    if (isWaivable(feature)) waivable.set(feature, reason);
    else
      found.push(
        diagnostic(
          waiverUnused,
          waiver.at,
          { feature, target: target.name, known: waivableNames() },
          { target: target.name },
        ),
      );
  }
  return (feature, subject, at, outcome) => {
    if (outcome.kind === 'exact') return outcome.part;
    const facts = { title: target.title, feature, subject, target: target.name };
    const options = { target: target.name };
    const why = outcome.kind === 'approximate' ? outcome.difference : outcome.reason;
    const waiver = waivable.get(feature);
    if (waiver !== undefined) {
      found.push(diagnostic(accepted, at, { ...facts, difference: why, reason: waiver }, options));
    } else if (outcome.kind === 'approximate' && featureClasses[feature] !== 'strict') {
      found.push(diagnostic(approximate, at, { ...facts, difference: why }, options));
    } else {
      const instead = outcome.kind === 'unsupported' ? outcome.instead : undefined;
      const kind = featureClasses[feature] === 'strict' ? guardNotEnforceable : notSupported;
      found.push(diagnostic(kind, at, { ...facts, reason: why, instead }, options));
    }
    return outcome.kind === 'approximate' ? outcome.part : undefined;
  };
}

function isWaivable(feature: string): feature is Feature {
  return Object.hasOwn(featureClasses, feature) && featureClasses[feature as Feature] !== 'strict';
}

function waivableNames(): string {
  return Object.keys(featureClasses).filter(isWaivable).sort().join(', ');
}

function lowerGateway<G extends GatewayParts, F extends GatewayFeature>(
  table: GatewayTable<G>,
  feature: F,
  gateway: Gateway,
): Outcome<G[F]> {
  return table[feature].lower(gateway[feature], gateway);
}

function lowerOperation<O extends OperationParts, F extends OperationFeature>(
  table: OperationTable<O>,
  feature: F,
  gateway: Gateway,
  operation: Operation,
): Outcome<O[F]> | undefined {
  const asked = operation.features[feature];
  if (asked === undefined) return undefined;
  return table[feature].lower(asked, { gateway, operation });
}

function* operationsOf(gateway: Gateway): Generator<Operation> {
  for (const site of gateway.sites) for (const route of site.routes) yield* route.operations;
}

/** Where a feature was asked for: its own origin, or the first of a list. */
function placeOf(asked: unknown): Origin | undefined {
  const first: unknown = Array.isArray(asked) ? asked[0] : asked;
  if (typeof first !== 'object' || first === null || !('at' in first)) return undefined;
  return first.at as Origin;
}

function keysOf<T extends object>(table: T): readonly (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[];
}
