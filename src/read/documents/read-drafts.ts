import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { FacetsBlock, RootBlock } from '../../extension/index.ts';
import type { OperationItem, Server } from '../../openapi/document.ts';
import { greedyUnknown, methodUnservable, templateUnroutable } from '../diagnostics.ts';
import { lastParameter, withGreedy } from '../facets/greedy-parameter.ts';
import { type Level, nearest } from '../facets/level.ts';
import { nearestWaivers } from '../facets/waivers.ts';
import { type PathTemplate, parseTemplate, routedPart } from '../path/path-template.ts';
import { type GatewayContext, operationTitle, readOperation } from '../read-operation.ts';
import type { DraftOperation } from '../routes/draft-operation.ts';
import { checkPublic } from '../security/check-public.ts';
import type { FrontDoor } from '../servers/front-door.ts';
import type { DocumentBlocks, PathBlocks } from './document-blocks.ts';

export interface DraftContext extends GatewayContext {
  /** Tells documents apart in the names of counters. */
  readonly index: number;
  /** Defaults of the gateway, above those of the document. */
  readonly shared: RootBlock['defaults'];
  readonly frontDoors: (servers: readonly Server[]) => readonly FrontDoor[];
}

/** The operations of a document that are served, with everything effective for them; undefined when one failed. */
export function readDrafts(
  blocks: DocumentBlocks,
  context: DraftContext,
  report: Report,
): readonly DraftOperation[] | undefined {
  const read = blocks.paths.flatMap((path) => readPath(blocks, path, context, report));
  const drafts = read.filter((draft) => draft !== undefined);
  if (drafts.length < read.length) return undefined;
  checkPublic(blocks, drafts, report);
  return drafts;
}

function readPath(
  blocks: DocumentBlocks,
  path: PathBlocks,
  context: DraftContext,
  report: Report,
): readonly (DraftOperation | undefined)[] {
  const outer = [
    ...level('defaults', context.shared?.value, 'shared', 'defaults'),
    ...level('defaults', ownDefaults(blocks, context), `${context.index}`, 'defaults'),
    ...level('path', path.block, `${context.index}\n${path.item.template}`, path.item.template),
  ];
  const served = path.operations.flatMap(({ operation, block }) => {
    const title = operationTitle(operation, path.item.template);
    const own = level(
      'operation',
      block,
      `${context.index}\n${title}`,
      operation.operationId?.value ?? title,
    );
    const levels = [...outer, ...own];
    return nearest(levels, 'expose')?.value === 'none' ? [] : [{ operation, levels }];
  });
  if (served.length === 0) return [];
  const { template, at } = path.item;
  const parsed = parseTemplate(routedPart(template));
  if (!parsed.ok) {
    if (!parsed.structural) {
      report(diagnostic(templateUnroutable, at, { template, problem: parsed.problem }, { side: 'key' }));
    }
    return [undefined];
  }
  return served.map((one) => readDraft(blocks, path, parsed.template, one, context, report));
}

/** The document's own defaults; a document that refers to the shared block has none besides. */
function ownDefaults({ root }: DocumentBlocks, { shared }: DraftContext): FacetsBlock | undefined {
  const own = root?.defaults;
  const isShared = own?.at.file === shared?.at.file && own?.at.pointer === shared?.at.pointer;
  return isShared ? undefined : own?.value;
}

function level(
  kind: Level['kind'],
  block: FacetsBlock | undefined,
  identity: string,
  words: string,
): readonly Level[] {
  return block === undefined ? [] : [{ kind, block, identity: `${kind}\n${identity}`, words }];
}

function readDraft(
  { api }: DocumentBlocks,
  { item }: PathBlocks,
  parsed: PathTemplate,
  { operation, levels }: { readonly operation: OperationItem; readonly levels: readonly Level[] },
  context: DraftContext,
  report: Report,
): DraftOperation | undefined {
  const { template } = item;
  const path = applyGreedy(parsed, template, levels, report);
  const servable = isServable(operation, report);
  const features = readOperation({ api, operation, template, path, levels }, context, report);
  const doors = context.frontDoors(serversOf(operation.servers, item.servers, api.servers, api.at));
  if (features === undefined || doors.length === 0 || !servable) return undefined;
  return {
    id: operation.operationId?.value ?? `${operation.method} ${template}`,
    method: operation.method,
    at: operation.at,
    features,
    waivers: nearestWaivers(levels),
    template,
    templateAt: item.at,
    path,
    doors,
  };
}

function applyGreedy(
  parsed: PathTemplate,
  template: string,
  levels: readonly Level[],
  report: Report,
): PathTemplate {
  const last = lastParameter(parsed);
  for (const { kind, block } of levels) {
    for (const { value: name, at } of kind === 'defaults' ? [] : (block.greedy?.value ?? [])) {
      if (name !== last) report(diagnostic(greedyUnknown, at, { name, template }));
    }
  }
  const names = nearest(levels, 'greedy')?.value ?? [];
  return withGreedy(
    parsed,
    names.map(({ value }) => value),
  );
}

/** The nearest list that is not empty; a document without any is served at `/` (OpenAPI 3.1 §4.8.1). */
function serversOf(
  operation: readonly Server[] | undefined,
  path: readonly Server[] | undefined,
  root: readonly Server[],
  at: Server['at'],
): readonly Server[] {
  const stated = [operation, path, root].find((list) => list !== undefined && list.length > 0);
  return stated ?? [{ url: '/', variables: new Map(), choices: new Map(), at }];
}

function isServable({ method, at }: OperationItem, report: Report): boolean {
  const problem =
    method === 'TRACE' || method === 'CONNECT'
      ? 'no gateway serves it safely'
      : /^[A-Z][A-Z0-9_-]*$/.test(method)
        ? undefined
        : 'a method consists of upper-case letters, digits, hyphens and underscores';
  if (problem === undefined) return true;
  report(diagnostic(methodUnservable, at, { method, problem }, { side: 'key' }));
  return false;
}
