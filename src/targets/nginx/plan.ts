import type { Gateway, Operation, Route, Site } from '../../model/gateway.ts';
import type { PathCharacter } from '../../model/path.ts';
import type { Lowered, LoweredOperation } from '../target.ts';
import type { GatewayParts, OperationParts } from './features/parts.ts';
import { type ForwardedOperation, forwardBuilder } from './forward/forwards.ts';
import type { HeaderLine, HeaderVariables } from './forward/request-header-lines.ts';
import { credentialCookies } from './forward/request-header-lines.ts';
import { type Front, frontsOf } from './front/fronts.ts';
import { type AddressLists, addressLists } from './policy/address-lists.ts';
import { type LimitZones, limitZones } from './policy/limit-zones.ts';
import { type LoginPage, loginPageOf, loginPages } from './policy/login-pages.ts';
import { type MixedSegments, mixedSegments } from './routing/mixed-pattern.ts';
import { type Settings, settingsOf } from './settings.ts';
import { text } from './token.ts';
import { buildVerifierData } from './verifier/build-verifier-data.ts';
import type { Guard, VerifierData } from './verifier/guard.ts';

type Parts = LoweredOperation<OperationParts>;

/** One operation with everything that its location needs. */
export interface PlannedOperation {
  readonly route: Route;
  readonly operation: Operation;
  readonly parts: Parts;
  readonly forwarded: ForwardedOperation;
  readonly guard: Guard | undefined;
  readonly loginPage: number | undefined;
}

/** The operations of one site that one kind of listener serves. */
export interface Table {
  readonly site: number;
  readonly exposure: 'public' | 'internal';
  readonly operations: readonly PlannedOperation[];
}

/** Everything that is decided before text is laid out. */
export interface Plan {
  readonly gateway: Gateway;
  readonly settings: Settings;
  readonly parts: Pick<GatewayParts, 'tls' | 'trustedProxies' | 'accessLog' | 'backends'>;
  readonly fronts: readonly Front[];
  readonly tables: readonly Table[];
  readonly mixed: MixedSegments;
  /** Characters that some operation allows in its parameters. */
  readonly characters: readonly PathCharacter[];
  readonly limits: LimitZones;
  readonly addresses: AddressLists;
  readonly pages: readonly LoginPage[];
  readonly guards: readonly Guard[];
  readonly verifier: VerifierData;
  readonly headerVariables: HeaderVariables;
}

export function planGateway(gateway: Gateway, lowered: Lowered<OperationParts, GatewayParts>): Plan {
  const { tls, trustedProxies, accessLog, backends } = lowered.gateway;
  if (
    tls === undefined ||
    trustedProxies === undefined ||
    accessLog === undefined ||
    backends === undefined
  ) {
    throw new Error('a gateway is emitted only when every feature of it was lowered');
  }
  const routes = gateway.sites.flatMap((site) => site.routes);
  const operations = routes.flatMap((route) => route.operations);
  const all = operations.map(lowered.of);
  const mixed = mixedSegments(routes);
  const verifier = buildVerifierData(gateway);
  const pages = loginPages();
  const tables = gateway.sites.flatMap((site, index) =>
    tablesOf(gateway, site, index, { lowered, mixed, verifier, pages }),
  );
  return {
    gateway,
    settings: settingsOf(gateway),
    parts: { tls, trustedProxies, accessLog, backends },
    fronts: frontsOf(gateway, tls),
    tables,
    mixed,
    characters: [...new Set(all.flatMap((parts) => parts.pathCharacters?.characters ?? []))].sort(),
    limits: limitZones(all.map((parts) => parts.limits ?? [])),
    addresses: addressLists(all.flatMap((parts) => parts.ipAccess ?? [])),
    pages: pages.all(),
    guards: guardsOf(tables),
    verifier,
    headerVariables: headerVariablesOf(tables),
  };
}

interface Sources {
  readonly lowered: Lowered<OperationParts, GatewayParts>;
  readonly mixed: MixedSegments;
  readonly verifier: VerifierData;
  readonly pages: ReturnType<typeof loginPages>;
}

function tablesOf(
  gateway: Gateway,
  site: Site,
  index: number,
  { lowered, mixed, verifier, pages }: Sources,
): readonly Table[] {
  const forwards = forwardBuilder(gateway, mixed);
  const planned = site.routes.flatMap((route) =>
    route.operations.map((operation): PlannedOperation => {
      const parts = lowered.of(operation);
      const guard = verifier.guardOf(operation);
      const forwarded = forwards.of(route, operation, parts, guard);
      if (forwarded === undefined) throw new Error(`the operation "${operation.id}" has no back end`);
      const page = loginPageOf(parts.login, parts.authentication, gateway.authenticators, site);
      return {
        route,
        operation,
        parts,
        forwarded,
        guard,
        loginPage: page === undefined ? undefined : pages.numberOf(page),
      };
    }),
  );
  return (['public', 'internal'] as const).flatMap((exposure) => {
    const operations = planned.filter(({ parts }) => (parts.exposure ?? 'public') === exposure);
    return operations.length === 0 && exposure === 'internal' ? [] : [{ site: index, exposure, operations }];
  });
}

function guardsOf(tables: readonly Table[]): readonly Guard[] {
  const found = new Map<string, Guard>();
  for (const { operations } of tables) {
    for (const { guard } of operations) if (guard !== undefined) found.set(guard.id, guard);
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function headerVariablesOf(tables: readonly Table[]): HeaderVariables {
  const added = new Map<string, HeaderLine>();
  const cookies = new Map<string, readonly string[]>();
  for (const { forwarded } of tables.flatMap(({ operations }) => operations)) {
    const { requestChanges, stripped } = forwarded.forward;
    for (const { name, value } of requestChanges?.add ?? []) {
      added.set(`${name} ${value}`, { name, value: [text(value)] });
    }
    const names = credentialCookies(stripped);
    if (names.length > 0) cookies.set(names.join(' '), names);
  }
  return { added: [...added.values()], cookies: [...cookies.values()] };
}
