import type { Gateway } from '../../model/gateway.ts';
import { renderTemplate } from '../../render/render-template.ts';
import type { Artifact, Lowered } from '../target.ts';
import type { GatewayParts, OperationParts } from './features/parts.ts';
import { folderArtifacts } from './folder.ts';
import { type Plan, planGateway } from './plan.ts';
import { type BackendsView, backendsView } from './view/backends-view.ts';
import { type DefaultServersView, defaultServersView } from './view/default-servers-view.ts';
import { type FrontView, frontFile, frontView, operationsFile } from './view/front-view.ts';
import { type GuardsView, guardsView, type VerifierView, verifierView } from './view/guards-view.ts';
import { type LogView, logView } from './view/log-view.ts';
import { type MainView, mainView, routesFile } from './view/main-view.ts';
import { type OperationsView, operationsView } from './view/operations-view.ts';
import { type PathsView, pathsView } from './view/paths-view.ts';
import {
  type NoOperationsView,
  noOperationsView,
  type ProblemsView,
  problemsView,
} from './view/problems-view.ts';
import { type RequestView, requestView } from './view/request-view.ts';
import { type RoutesView, routesView } from './view/routes-view.ts';

/** The folder that nginx starts unchanged, sorted by path. Pure: equal gateways give the same bytes. */
export function emit(gateway: Gateway, lowered: Lowered<OperationParts, GatewayParts>): readonly Artifact[] {
  const plan = planGateway(gateway, lowered);
  return [...sharedFiles(plan), ...filesOfEach(plan), ...guardFiles(plan), ...folderArtifacts(plan)].sort(
    (a, b) => (a.path < b.path ? -1 : 1),
  );
}

function sharedFiles(plan: Plan): readonly Artifact[] {
  const file = (path: string, contents: string): Artifact => ({ path, contents });
  return [
    file('nginx.conf', renderTemplate('nginx/nginx.conf', mainView(plan) satisfies MainView)),
    file('conf/paths.conf', renderTemplate('nginx/paths.conf', pathsView(plan) satisfies PathsView)),
    file('conf/request.conf', renderTemplate('nginx/request.conf', requestView(plan) satisfies RequestView)),
    file('conf/log.conf', renderTemplate('nginx/log.conf', logView(plan) satisfies LogView)),
    file(
      'conf/backends.conf',
      renderTemplate('nginx/backends.conf', backendsView(plan) satisfies BackendsView),
    ),
    file(
      'conf/problems.conf',
      renderTemplate('nginx/problems.conf', problemsView(plan) satisfies ProblemsView),
    ),
    file(
      'conf/no-operations.conf',
      renderTemplate('nginx/no-operations.conf', noOperationsView() satisfies NoOperationsView),
    ),
    file(
      'conf/default-servers.conf',
      renderTemplate('nginx/default-servers.conf', defaultServersView(plan) satisfies DefaultServersView),
    ),
  ];
}

/** The maps of each site, the operations of each table, the server of each host. */
function filesOfEach(plan: Plan): readonly Artifact[] {
  return [
    ...plan.gateway.sites.map((site, index) => ({
      path: routesFile(index),
      contents: renderTemplate('nginx/routes.conf', routesView(plan, site, index) satisfies RoutesView),
    })),
    ...plan.tables.map((table) => ({
      path: operationsFile({ site: table.site, kind: table.exposure }),
      contents: renderTemplate('nginx/operations.conf', operationsView(plan, table) satisfies OperationsView),
    })),
    ...plan.fronts.map((front, index) => ({
      path: frontFile(index),
      contents: renderTemplate('nginx/front.conf', frontView(plan, front) satisfies FrontView),
    })),
  ];
}

function guardFiles(plan: Plan): readonly Artifact[] {
  if (plan.guards.length === 0) return [];
  const guards = renderTemplate('nginx/guards.conf', guardsView(plan) satisfies GuardsView);
  const verifier = renderTemplate('nginx/verifier.conf', verifierView(plan) satisfies VerifierView);
  return [
    { path: 'conf/guards.conf', contents: guards },
    { path: 'conf/verifier.conf', contents: verifier },
  ];
}
