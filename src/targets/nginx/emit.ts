import type { Gateway } from '../../model/gateway.ts';
import { renderWithLayout } from '../../render/render-template.ts';
import type { Artifact, Lowered } from '../target.ts';
import type { GatewayParts, OperationParts } from './features/parts.ts';
import { folderArtifacts } from './folder.ts';
import { type Plan, planGateway } from './plan.ts';
import { fetchedKeySets, keySetArtifacts } from './verifier/key-sets.ts';
import { type BackendsView, backendsView } from './view/backends-view.ts';
import { type DefaultServersView, defaultServersView } from './view/default-servers-view.ts';
import { type FrontView, frontFile, frontView, operationsFile } from './view/front-view.ts';
import { type GuardsView, guardsView, type VerifierView, verifierView } from './view/guards-view.ts';
import { type KeySetsView, type KeySourcesView, keySetsView, keySourcesView } from './view/key-sets-view.ts';
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
import { type QuestionsView, questionsView, type ServicesView, servicesView } from './view/services-view.ts';

/** The folder that nginx starts unchanged, sorted by path. Pure: equal gateways give the same bytes. */
export function emit(gateway: Gateway, lowered: Lowered<OperationParts, GatewayParts>): readonly Artifact[] {
  const plan = planGateway(gateway, lowered);
  return [...sharedFiles(plan), ...filesOfEach(plan), ...guardFiles(plan), ...folderArtifacts(plan)].sort(
    (a, b) => (a.path < b.path ? -1 : 1),
  );
}

function sharedFiles(plan: Plan): readonly Artifact[] {
  return [
    { path: 'nginx.conf', ...renderWithLayout('nginx/nginx.conf', mainView(plan) satisfies MainView) },
    { path: 'conf/paths.conf', ...renderWithLayout('nginx/paths.conf', pathsView(plan) satisfies PathsView) },
    {
      path: 'conf/request.conf',
      ...renderWithLayout('nginx/request.conf', requestView(plan) satisfies RequestView),
    },
    { path: 'conf/log.conf', ...renderWithLayout('nginx/log.conf', logView(plan) satisfies LogView) },
    {
      path: 'conf/backends.conf',
      ...renderWithLayout('nginx/backends.conf', backendsView(plan) satisfies BackendsView),
    },
    {
      path: 'conf/problems.conf',
      ...renderWithLayout('nginx/problems.conf', problemsView(plan) satisfies ProblemsView),
    },
    {
      path: 'conf/no-operations.conf',
      ...renderWithLayout('nginx/no-operations.conf', noOperationsView() satisfies NoOperationsView),
    },
    {
      path: 'conf/default-servers.conf',
      ...renderWithLayout(
        'nginx/default-servers.conf',
        defaultServersView(plan) satisfies DefaultServersView,
      ),
    },
  ];
}

/** The maps of each site, the operations of each table, the server of each host. */
function filesOfEach(plan: Plan): readonly Artifact[] {
  return [
    ...plan.gateway.sites.map((site, index) => ({
      path: routesFile(index),
      ...renderWithLayout('nginx/routes.conf', routesView(plan, site, index) satisfies RoutesView),
    })),
    ...plan.tables.map((table) => ({
      path: operationsFile({ site: table.site, kind: table.exposure }),
      ...renderWithLayout('nginx/operations.conf', operationsView(plan, table) satisfies OperationsView),
    })),
    ...plan.fronts.map((front, index) => ({
      path: frontFile(index),
      ...renderWithLayout('nginx/front.conf', frontView(plan, front) satisfies FrontView),
    })),
  ];
}

function guardFiles(plan: Plan): readonly Artifact[] {
  if (plan.guards.length === 0) return [];
  return [
    {
      path: 'conf/guards.conf',
      ...renderWithLayout('nginx/guards.conf', guardsView(plan) satisfies GuardsView),
    },
    {
      path: 'conf/verifier.conf',
      ...renderWithLayout('nginx/verifier.conf', verifierView(plan) satisfies VerifierView),
    },
    ...keySetFiles(plan),
    ...serviceFiles(plan),
  ];
}

function serviceFiles(plan: Plan): readonly Artifact[] {
  if (plan.verifier.services.length === 0) return [];
  return [
    {
      path: 'conf/services.conf',
      ...renderWithLayout('nginx/services.conf', servicesView(plan) satisfies ServicesView),
    },
    {
      path: 'conf/questions.conf',
      ...renderWithLayout('nginx/questions.conf', questionsView(plan) satisfies QuestionsView),
    },
  ];
}

function keySetFiles(plan: Plan): readonly Artifact[] {
  const sets = fetchedKeySets(plan.gateway);
  if (sets.length === 0) return [];
  return [
    {
      path: 'conf/key-sources.conf',
      ...renderWithLayout('nginx/key-sources.conf', keySourcesView(plan) satisfies KeySourcesView),
    },
    {
      path: 'conf/key-sets.conf',
      ...renderWithLayout('nginx/key-sets.conf', keySetsView(plan) satisfies KeySetsView),
    },
    ...keySetArtifacts(sets),
  ];
}
