import type { Gateway } from '../../model/gateway.ts';
import { renderTemplate } from '../../render/render-template.ts';
import type { Artifact, Lowered } from '../target.ts';
import type { GatewayParts, OperationParts } from './features/parts.ts';
import { folderArtifacts } from './folder.ts';
import { type Plan, planGateway } from './plan.ts';
import { routeMapsView } from './routing/route-maps.ts';
import { shapedRoutes } from './routing/shape.ts';
import { interpolated, mapKey, text, variableName } from './token.ts';
import { mainView, routesFile, verifierView } from './view/main-view.ts';
import { allowVariable, allowView, declaresHead, operationsView } from './view/operations-view.ts';
import { defaultsView, guardsView, logView, upstreamsView } from './view/other-views.ts';
import { pathsView, templateDepth } from './view/paths-view.ts';
import { problemsView } from './view/problems-view.ts';
import { requestView } from './view/request-view.ts';
import { frontFile, frontView, operationsFile } from './view/server-view.ts';

/** The folder that nginx starts unchanged. */
export function emit(gateway: Gateway, lowered: Lowered<OperationParts, GatewayParts>): readonly Artifact[] {
  const plan = planGateway(gateway, lowered);
  const configuration = [
    { path: 'nginx.conf', contents: renderTemplate('nginx/nginx.conf', mainView(plan)) },
    { path: 'conf/paths.conf', contents: renderTemplate('nginx/paths.conf', pathsView(plan)) },
    { path: 'conf/request.conf', contents: renderTemplate('nginx/request.conf', requestView(plan)) },
    { path: 'conf/log.conf', contents: renderTemplate('nginx/log.conf', logView(plan)) },
    { path: 'conf/backends.conf', contents: renderTemplate('nginx/backends.conf', upstreamsView(plan)) },
    {
      path: 'conf/problems.conf',
      contents: renderTemplate('nginx/problems.conf', { ...problemsView, ...flags(plan) }),
    },
    {
      path: 'conf/default-servers.conf',
      contents: renderTemplate('nginx/default-servers.conf', defaultsView(plan)),
    },
    {
      path: 'conf/no-operations.conf',
      contents: renderTemplate('nginx/no-operations.conf', {
        methodNotAllowed: problemsView.methodNotAllowed,
      }),
    },
    ...routeFiles(plan),
    ...operationFiles(plan),
    ...plan.fronts.map((front, index) => ({
      path: frontFile(index),
      contents: renderTemplate('nginx/front.conf', frontView(plan, front)),
    })),
    ...guardFiles(plan),
  ];
  return [...configuration, ...folderArtifacts(plan)].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function flags(plan: Plan) {
  return { logins: plan.pages.length > 0 };
}

function guardFiles(plan: Plan): readonly Artifact[] {
  if (plan.guards.length === 0) return [];
  return [
    { path: 'conf/guards.conf', contents: renderTemplate('nginx/guards.conf', guardsView(plan)) },
    { path: 'conf/verifier.conf', contents: renderTemplate('nginx/verifier.conf', verifierView(plan)) },
  ];
}

function routeFiles(plan: Plan): readonly Artifact[] {
  return plan.gateway.sites.map((site, index) => {
    const heads = site.routes.filter(declaresHead);
    const view = {
      ...routeMapsView(index, shapedRoutes(site.routes, plan.mixed), templateDepth(plan)),
      method: variableName(`gw_method_${index}`),
      head: variableName(`gw_head_${index}`),
      heads: heads.map(({ id }) => ({ route: mapKey(id) })),
      ownHead: interpolated(text('HEAD')),
      allows: plan.tables.filter((table) => table.site === index).map(allowView),
    };
    return { path: routesFile(index), contents: renderTemplate('nginx/routes.conf', view) };
  });
}

function operationFiles(plan: Plan): readonly Artifact[] {
  return plan.tables.map((table) => ({
    path: operationsFile({ site: table.site, kind: table.exposure }),
    contents: renderTemplate('nginx/operations.conf', {
      ...operationsView(plan, table),
      methods: variableName(allowVariable(table)),
      methodNotAllowed: problemsView.methodNotAllowed,
    }),
  }));
}
