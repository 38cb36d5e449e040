import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { Node } from '../source/node.ts';
import { SERVER_VARIABLE } from './diagnostics.ts';
import type { Server } from './document.ts';
import { fields, items, text } from './node-at.ts';
import type { Reading } from './reading.ts';

/** The `servers` of a document, path item or operation; undefined when there is no such field. */
export function readServers({ report }: Reading, owner: Node): readonly Server[] | undefined {
  const list = owner.child('servers');
  if (list === undefined) return undefined;
  const servers: Server[] = [];
  for (const node of items(list)) {
    const url = text(node, 'url');
    if (url === undefined) continue;
    const server = {
      url,
      variables: readVariables(node),
      choices: readChoices(node),
      at: node.child('url')?.at ?? node.at,
    };
    for (const problem of problemsOf(server, node)) {
      report(diagnostic(SERVER_VARIABLE, server.at, { url, problem }));
    }
    servers.push(server);
  }
  return servers;
}

function readVariables(server: Node): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const [name, variable] of fields(server.child('variables'))) {
    const value = text(variable, 'default');
    if (value !== undefined) variables.set(name, value);
  }
  return variables;
}

function readChoices(server: Node): ReadonlyMap<string, readonly string[]> {
  const choices = new Map<string, readonly string[]>();
  for (const [name, variable] of fields(server.child('variables'))) {
    const allowed = items(variable.child('enum')).flatMap(({ value }) =>
      typeof value === 'string' ? [value] : [],
    );
    if (allowed.length > 0) choices.set(name, allowed);
  }
  return choices;
}

function problemsOf({ url, variables }: Server, node: Node): string[] {
  const used = [...url.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
  const declared = fields(node.child('variables')).map(([name]) => name);
  const problems = used
    .filter((name) => !declared.includes(name))
    .map((name) => `uses the variable "${name}", which is not declared`);
  for (const [name, value] of variables) {
    const allowed = items(node.child('variables')?.child(name)?.child('enum')).map((item) => item.value);
    if (allowed.length > 0 && !allowed.includes(value)) {
      problems.push(`has "${value}" as the default of "${name}", which its "enum" does not list`);
    }
  }
  return problems;
}

const SCHEMES = ['https', 'http', 'wss', 'ws'];

/**
 * Swagger 2.0: one server for each scheme of host and base path, https first. Without `host` the server is relative;
 * without schemes it is https, because the document does not ask for less.
 */
export function readSwaggerServers(root: Node, schemes: Node | undefined): readonly Server[] {
  const host = text(root, 'host');
  const basePath = text(root, 'basePath') ?? '';
  const none = { variables: new Map<string, string>(), choices: new Map<string, readonly string[]>() };
  if (host === undefined) {
    const node = root.child('basePath');
    return node === undefined ? [] : [{ url: basePath, ...none, at: node.at }];
  }
  const at = root.child('host')?.at ?? root.at;
  const named = items(schemes).flatMap(({ value, at: place }) =>
    typeof value === 'string' && SCHEMES.includes(value) ? [{ scheme: value, place }] : [],
  );
  if (named.length === 0) return [{ url: `https://${host}${basePath}`, ...none, at }];
  return named
    .sort((a, b) => SCHEMES.indexOf(a.scheme) - SCHEMES.indexOf(b.scheme))
    .map(({ scheme, place }) => ({ url: `${scheme}://${host}${basePath}`, ...none, at: place }));
}
