import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import type { Gateway, Operation } from '../model/gateway.ts';
import type { Origin } from '../model/origin.ts';
import { accepted, guardNotEnforceable, notSupported, queryCredentialNotWaived } from './diagnostics.ts';
import { type GroupedFindings, groupedFindings } from './grouped-findings.ts';
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
  queryCredential,
  type Target,
} from './target.ts';
import { type Waivers, waiversOf } from './waivers.ts';

type OperationParts = { readonly [F in OperationFeature]: unknown };
type GatewayParts = { readonly [F in GatewayFeature]: unknown };

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
  const grouped = groupedFindings(target);
  const waivers = waiversOf(gateway, target.name);
  const judge = judgeFor(target, waivers, found, grouped);
  const gatewayPart: Partial<Record<GatewayFeature, unknown>> = {};
  for (const feature of keysOf(target.gatewayFeatures)) {
    gatewayPart[feature] = judge(
      feature,
      undefined,
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
        operation,
        placeOf(operation.features[feature]) ?? operation.at,
        outcome,
      );
    }
    parts.set(operation, part as LoweredOperation<O>);
    found.push(...queryCredentials(gateway, operation, target, waivers));
  }
  found.push(...grouped.findings(), ...waivers.findings());
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
  operation: Operation | undefined,
  at: Origin | undefined,
  outcome: Outcome<Part>,
) => Part | undefined;

function judgeFor<O extends OperationParts, G extends GatewayParts>(
  target: Target<O, G>,
  waivers: Waivers,
  found: Diagnostic[],
  grouped: GroupedFindings,
): Judge {
  return (feature, operation, place, outcome) => {
    const subject = operation?.id ?? 'the gateway';
    if (outcome.kind === 'exact') {
      if (outcome.remark !== undefined)
        grouped.remark(feature, outcome.remark, place, operation === undefined);
      return outcome.part;
    }
    const facts = { title: target.title, feature, subject, target: target.name };
    const options = { target: target.name };
    const why = outcome.kind === 'approximate' ? outcome.difference : outcome.reason;
    const at = outcome.kind === 'unsupported' ? (outcome.at ?? place) : place;
    const waiver = waivers.of(feature, operation);
    if (waiver !== undefined) {
      found.push(diagnostic(accepted, at, { ...facts, difference: why, reason: waiver.reason }, options));
    } else if (outcome.kind === 'approximate' && featureClasses[feature] !== 'strict') {
      grouped.approximate(feature, subject, why, at);
    } else {
      const instead = outcome.kind === 'unsupported' ? outcome.instead : undefined;
      const kind = featureClasses[feature] === 'strict' ? guardNotEnforceable : notSupported;
      found.push(diagnostic(kind, at, { ...facts, reason: why, instead }, options));
    }
    return outcome.kind === 'approximate' ? outcome.part : undefined;
  };
}

/** The one part of authentication that a waiver may allow, or an error; a waived one is repeated in every report. */
function queryCredentials<O extends OperationParts, G extends GatewayParts>(
  gateway: Gateway,
  operation: Operation,
  { name: target, title }: Target<O, G>,
  waivers: Waivers,
): readonly Diagnostic[] {
  const { value, at } = operation.features.authentication;
  if (value.kind === 'public') return [];
  const names = new Set(value.anyOf.flat().map(({ authenticator }) => authenticator));
  const readers = gateway.authenticators.filter(
    ({ name, from }) => names.has(name) && from.value.some(({ kind }) => kind === 'query'),
  );
  return readers.map(({ name: authenticator }) => {
    const waiver = waivers.of(queryCredential, operation);
    const subject = operation.id;
    if (waiver === undefined)
      return diagnostic(queryCredentialNotWaived, at, { authenticator, subject, target }, { target });
    const difference = `the credential of "${authenticator}" stands in the query of requests`;
    const facts = { title, feature: queryCredential, subject, difference, reason: waiver.reason };
    return diagnostic(accepted, at, facts, { target });
  });
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
