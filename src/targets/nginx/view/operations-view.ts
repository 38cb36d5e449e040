import type { Operation, Route } from '../../../model/gateway.ts';
import { targetVariable } from '../forward/forwards.ts';
import { parameterList } from '../forward/query-credentials.ts';
import type { Plan, PlannedOperation, Table } from '../plan.ts';
import { addressChecksView } from '../policy/address-lists.ts';
import { bucketVariable, retryAfter, usedZoneView } from '../policy/limit-zones.ts';
import { argument, interpolated, namedLocation, type Piece, size, text, variableName } from '../token.ts';
import { mayQuoteCredentials } from './guards-view.ts';
import { charactersVariable, soundVariable } from './paths-view.ts';
import { problems } from './problems-view.ts';

export type OperationsView = ReturnType<typeof operationsView>;

/** nginx resolves dot segments before it looks for a location, so no request target can name these. */
function operationPath(route: Route, { method }: Operation): string {
  return `/./gw/${route.id}/${method}`;
}

/** The internal location of a guard. */
export function guardPath(id: string): string {
  return `/./gw/guard/${id}`;
}

/** The variable of the methods of a route, for `Allow`. */
export function allowVariable({ site, exposure }: Pick<Table, 'site' | 'exposure'>): string {
  return `gw_allow_${site}_${exposure}`;
}

/** One exact location for each operation, and one for every route and method that is not served. */
export function operationsView(plan: Plan, table: Table) {
  return {
    allow: variableName(allowVariable(table)),
    methodNotAllowed: problems.methodNotAllowed,
    relaxed: plan.characters.length > 0,
    operations: table.operations.map((one) => operationView(plan, one)),
  };
}

function operationView(plan: Plan, planned: PlannedOperation) {
  const { route, operation, parts, forwarded, guard } = planned;
  const limits = parts.limits ?? [];
  return {
    path: argument(operationPath(route, operation)),
    settings: settingsOf(plan, planned),
    bodySize: size(forwarded.forward.bodySize),
    pathChecks: [
      ...(plan.characters.length === 0 ? [] : [charactersVariable(plan, parts.pathCharacters)]),
      ...(forwarded.upstream.captured.length > 0 ? [soundVariable] : []),
    ].map((name) => ({ variable: variableName(name) })),
    quiet: forwarded.forward.parameters.length > 0 && mayQuoteCredentials(plan),
    requiresCertificate: parts.clientCertificate === 'require',
    addressChecks: parts.ipAccess === undefined ? [] : addressChecksView(parts.ipAccess, plan.addresses),
    limits: plan.limits.of(limits).map(usedZoneView),
    guarded: guard !== undefined,
    guard: argument(guard === undefined ? '' : guardPath(guard.id)),
    forward: namedLocation(forwarded.forward.name),
  };
}

function settingsOf(plan: Plan, { operation, parts, forwarded, guard, loginPage }: PlannedOperation) {
  const settings: (readonly [string, readonly Piece[]])[] = [['gw_operation', [text(operation.id)]]];
  if (guard !== undefined) settings.push(['gw_guarded', [text('1')]]);
  if (parts.clientCertificate === 'require') settings.push(['gw_requires_certificate', [text('1')]]);
  const { parameters } = forwarded.forward;
  if (parameters.length > 0) settings.push(['gw_query_credentials', [text(parameterList(parameters))]]);
  if (loginPage !== undefined) {
    settings.push(['gw_login_trigger', [text(parts.login ?? 'never')]]);
    settings.push(['gw_login_page', [text(String(loginPage))]]);
  }
  const limits = parts.limits ?? [];
  if (limits.length > 0) settings.push(['gw_retry_after', [text(String(retryAfter(limits)))]]);
  for (const { zone, limit } of plan.limits.of(limits)) {
    const bucket = bucketVariable(zone);
    if (bucket !== undefined) settings.push([bucket, [text(limit.bucket)]]);
  }
  if (forwarded.ownPath) settings.push([targetVariable, forwarded.upstream.pieces]);
  return settings.map(([name, value]) => ({ variable: variableName(name), value: interpolated(...value) }));
}
