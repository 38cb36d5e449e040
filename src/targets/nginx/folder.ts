import { portableName } from '../../model/origin.ts';
import { constantFiles } from '../../render/constant-files.ts';
import { renderTemplate } from '../../render/render-template.ts';
import type { Artifact } from '../target.ts';
import type { Plan } from './plan.ts';
import { type UsedSecret, usedSecrets } from './secrets.ts';
import { showsCredentials } from './view/backends-view.ts';
import { type DockerfileView, dockerfileView, type ReadmeView, readmeView } from './view/folder-views.ts';

/** What stands beside the configuration: the verifier's data, the index of routes, empty folders. */
export function folderArtifacts(plan: Plan): readonly Artifact[] {
  const environment = usedSecrets(plan.gateway).filter(({ by }) => by === 'environment');
  return [
    ...(plan.guards.length === 0 ? [] : verifierFiles(plan)),
    ...(showsCredentials(plan) ? constantFilesOf(isOfBackends) : []),
    ...(environment.length === 0 ? [] : startFiles(environment)),
    { path: 'README.md', contents: renderTemplate('nginx/README.md', readmeView(plan) satisfies ReadmeView) },
    {
      path: 'Dockerfile',
      contents: renderTemplate('nginx/Dockerfile', dockerfileView(plan) satisfies DockerfileView),
    },
    { path: '.dockerignore', contents: IGNORED },
    { path: '.gitignore', contents: IGNORED },
    { path: 'routes.json', contents: `${JSON.stringify(routeIndex(plan), undefined, 2)}\n` },
    ...['logs', 'run', 'secrets', 'tls'].map((folder) => ({ path: `${folder}/.keep`, contents: '' })),
  ];
}

/** Keys and logs of this machine belong neither in an image nor in a repository. */
const IGNORED = 'logs/*\nrun/*\nsecrets/*\ntls/*\n!**/.keep\n';

/** The code of the verifier is the same in every gateway; what differs is data. */
function verifierFiles({ verifier }: Plan): readonly Artifact[] {
  return [...verifier.artifacts, ...constantFilesOf((path) => !isOfBackends(path))];
}

function constantFilesOf(wanted: (path: string) => boolean): readonly Artifact[] {
  return constantFiles('nginx/njs/')
    .filter(({ path }) => wanted(path))
    .map(({ path, contents }) => ({ path: `njs/${path}`, contents }));
}

/** Code that has nothing to do with the verifier. */
function isOfBackends(path: string): boolean {
  return path === 'backend-credential.js';
}

/** The start script, and the list of what it writes: a line for each secret, its name, its variable and its reader. */
function startFiles(environment: readonly UsedSecret[]): readonly Artifact[] {
  const lines = environment.map(({ name, source, reader }) => `${name} ${source} ${reader}\n`);
  return [
    ...constantFiles('nginx/start/').map((file): Artifact => ({ ...file, executable: true })),
    { path: 'secrets.list', contents: lines.join('') },
  ];
}

/** Which place of which document each route and operation comes from, for readers of logs and for diff. */
function routeIndex({ gateway }: Plan) {
  return gateway.sites.flatMap((site) =>
    site.routes.map((route) => ({
      id: route.id,
      hosts: site.hosts.map(({ name }) => name),
      template: route.template,
      file: portableName(route.at.file),
      pointer: route.at.pointer,
      operations: route.operations.map((operation) => ({
        id: operation.id,
        method: operation.method,
        file: portableName(operation.at.file),
        pointer: operation.at.pointer,
      })),
    })),
  );
}
