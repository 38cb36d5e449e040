import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loaded } from '../../src/commands/load.ts';
import type { Gateway } from '../../src/model/gateway.ts';
import { type Backend, startBackend } from '../support/backend.ts';
import { startNginx } from '../support/nginx.ts';
import { freePorts } from '../support/ports.ts';
import { type Decided, decided } from './bindings.ts';
import { loadDocument, writeConfiguration } from './build-document.ts';
import { apiKey } from './credentials.ts';
import { type Decision, decisions } from './decisions.ts';
import { type Request, requestsFor } from './requests.ts';
import { type Answer, sendRequests } from './send-requests.ts';
import { type VendorDocument, type VendorOperation, vendorDocument } from './vendor-document.ts';

/** A document of the corpus with what was decided about it. */
export interface OpenDocument extends VendorDocument {
  readonly file: string;
  readonly decision: Decision;
  readonly decided: Decided;
  /** The operations that are served. */
  readonly served: VendorDocument['operations'];
}

export function openDocument(file: string): OpenDocument {
  const decision = decisions[file] ?? {};
  const vendor = vendorDocument(file);
  const leftOut = Object.keys(decision.leftOut ?? {});
  const served = vendor.operations
    .filter(({ method, template }) => !leftOut.includes(`${method} ${template}`))
    .map((operation) => respelled(operation, decision.respelled?.[operation.template]));
  return { ...vendor, file, decision, decided: decided(vendor, decision.tokens ?? []), served };
}

const respelled = (operation: VendorOperation, template: string | undefined): VendorOperation =>
  template === undefined ? operation : { ...operation, template, id: undefined };

export interface Run {
  readonly loaded: Loaded;
  /** What was wrong with answers, logs and what the back end received. */
  readonly wrong: readonly string[];
}

/**
 * Builds a document in a new folder and, where a model comes of it, sends every request to the real nginx. `alter`
 * changes the model before it is emitted.
 */
export async function runDocument(
  document: OpenDocument,
  folder: string,
  alter: (gateway: Gateway) => Gateway = (gateway) => gateway,
): Promise<Run> {
  mkdirSync(folder);
  const [front = 0, verifier = 0] = await freePorts(2);
  const backend = await startBackend({
    answer: ({ method, target, values }) => ({
      status: 200,
      headers: [
        ['X-Seen', `${method} ${target}`],
        ['X-Seen-Id', values('X-Request-Id').join()],
      ],
    }),
  });
  try {
    const ports = { front, verifier, backend: backend.port };
    const loaded = await loadDocument(document, folder, ports);
    const { gateway } = loaded;
    if (gateway === undefined) return { loaded, wrong: [] };
    const output = join(folder, 'nginx');
    writeConfiguration({ ...loaded, gateway: alter(gateway) }, output);
    return { loaded, wrong: await probe(document, output, ports, backend) };
  } finally {
    await backend.stop();
  }
}

async function probe(
  { served, decided, decision }: OpenDocument,
  folder: string,
  { front, verifier }: { readonly front: number; readonly verifier: number },
  backend: Backend,
): Promise<readonly string[]> {
  const now = Math.floor(Date.now() / 1000);
  const requests = requestsFor(served, decided, decision.server, now);
  const nginx = await startNginx({ folder, ports: [front, verifier] });
  let answers: readonly Answer[] = [];
  try {
    answers = await sendRequests(requests, front);
  } finally {
    await nginx.stop();
  }
  const forwarded = requests.filter(({ outcome }) => outcome.kind === 'forwarded').length;
  const leaked = backend.requests.filter(({ bytes }) => bytes.includes(apiKey)).length;
  return [
    ...answers.flatMap(({ request, problem }) => (problem === undefined ? [] : [describe(request, problem)])),
    ...(problems(answers) > 0 || backend.requests.length === forwarded
      ? []
      : [`the back end received ${backend.requests.length} requests in place of ${forwarded}`]),
    ...(leaked === 0 ? [] : [`the back end received ${leaked} API keys`]),
    ...misrouted(answers, readFileSync(join(folder, 'logs/access.log'), 'utf8')),
    ...[nginx.stderr(), readFileSync(join(folder, 'logs/error.log'), 'utf8')].filter((text) => text !== ''),
  ];
}

const problems = (answers: readonly Answer[]): number =>
  answers.filter(({ problem }) => problem !== undefined).length;

const describe = ({ name, method, target }: Request, problem: string): string =>
  `${name}\n  ${method} ${target}\n  ${problem}`;

/** Requests that the access log counts for another operation than the one that was called. */
function misrouted(answers: readonly Answer[], log: string): readonly string[] {
  const lines = log.split('\n').filter((line) => line !== '');
  const routes = new Map(
    lines.map((line) => {
      const { request_id, route } = JSON.parse(line) as Record<string, string>;
      return [request_id, route];
    }),
  );
  return answers.flatMap(({ request, id }) => {
    const { outcome } = request;
    if (outcome.kind !== 'forwarded' || id === undefined) return [];
    const route = routes.get(id);
    if (route !== undefined && (outcome.route === undefined || route === outcome.route)) return [];
    return [describe(request, `logged as ${route}, not as ${outcome.route}`)];
  });
}
