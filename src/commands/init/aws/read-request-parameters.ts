import { forwardedFact } from '../../../extension/values/forwarded-fact.ts';
import {
  forwardedHeader,
  headerName,
  headerValue,
  requestRemove,
  requestSet,
} from '../../../extension/values/header.ts';
import { queryName } from '../../../extension/values/names.ts';
import type { Node } from '../../../source/node.ts';
import { commentText } from '../yaml-text.ts';
import { entriesOf, type Findings, isUsable, textOf } from './findings.ts';
import { httpSource, type ParameterSource, restSource } from './parameter-source.ts';

/** What parameter mappings do to a request, in terms of `x-gateway`. */
export interface MappedRequest {
  readonly setHeaders: Map<string, string>;
  readonly addHeaders: Map<string, string>;
  readonly removeHeaders: Set<string>;
  readonly setQuery: Map<string, string>;
  readonly removeQuery: Set<string>;
  /** Header → fact about the caller that an authenticator forwards. */
  readonly forward: Map<string, string>;
  /** Variable of the address → path parameter of the operation; undefined is something else than a parameter. */
  readonly path: Map<string, string | undefined>;
  /** The path that the back end receives, where an HTTP API says so in a mapping. */
  overwrittenPath: string | undefined;
}

interface Mapping {
  readonly name: string;
  readonly source: ParameterSource;
  readonly at: Node;
}

/** Applies a mapping, or says why it cannot be carried over. */
type Apply = (mapping: Mapping, into: MappedRequest) => string | undefined;

/** What each kind of mapping means: the key without the name, how its value is written, and what it does. */
const kinds: { readonly [key: string]: { readonly read: typeof restSource; readonly apply: Apply } } = {
  'integration.request.path': { read: restSource, apply: mapPath },
  'integration.request.querystring': { read: restSource, apply: setQuery },
  'integration.request.header': { read: restSource, apply: setHeader },
  'overwrite:header': { read: httpSource, apply: setHeader },
  'append:header': { read: httpSource, apply: addHeader },
  'remove:header': { read: httpSource, apply: removeHeader },
  'overwrite:querystring': { read: httpSource, apply: setQuery },
  'append:querystring': { read: httpSource, apply: ({ name, source }) => computed(name, source) },
  'remove:querystring': { read: httpSource, apply: removeQuery },
};

/** Reads `requestParameters` of an integration with an HTTP back end or a function. */
export function readRequestParameters(node: Node | undefined, findings: Findings): MappedRequest {
  const mapped: MappedRequest = {
    setHeaders: new Map(),
    addHeaders: new Map(),
    removeHeaders: new Set(),
    setQuery: new Map(),
    removeQuery: new Set(),
    forward: new Map(),
    path: new Map(),
    overwrittenPath: undefined,
  };
  for (const [key, value] of entriesOf(node, 'a map of parameter mappings', findings)) {
    const text = textOf(value, 'a parameter mapping', findings);
    if (text === undefined) continue;
    if (key === 'overwrite:path') {
      mapped.overwrittenPath = text;
      continue;
    }
    const [, prefix = '', name = ''] =
      /^(integration\.request\.[a-z]+|[a-z]+:[a-z]+)\.(.+)$/s.exec(key) ?? [];
    const kind = Object.hasOwn(kinds, prefix) ? kinds[prefix] : undefined;
    const problem =
      kind === undefined
        ? `The parameter mapping ${commentText(key)} is of a kind that gwc does not know.`
        : kind.apply({ name, source: kind.read(text), at: value }, mapped);
    if (problem !== undefined) findings.note(value, problem);
  }
  return mapped;
}

function mapPath({ name, source }: Mapping, into: MappedRequest): undefined {
  into.path.set(name, source.kind === 'request' && source.in === 'path' ? source.name : undefined);
}

const settable = headerName(requestSet);
const removable = headerName(requestRemove);
const forwardable = headerName(forwardedHeader);

function setHeader({ name, source, at: node }: Mapping, into: MappedRequest): string | undefined {
  const { at } = node;
  if (passesAnyway(name, source, 'header')) return undefined;
  if (
    source.kind === 'claim' &&
    isUsable(forwardable, name, at) &&
    isUsable(forwardedFact, source.fact, at)
  ) {
    into.forward.set(name, source.fact);
    return undefined;
  }
  if (source.kind !== 'constant') return computed(name, source);
  const header = commentText(name);
  if (/^(?:authorization|x-api-key|cookie)$/i.test(name)) {
    return `The header ${header} has a constant, which is a credential in clear: make it a secret, and write backends.NAME.credentials: {header: ${header}, value: {secret: …}}.`;
  }
  if (!isUsable(settable, name, at) || !isUsable(headerValue, source.text, at)) return unsettable(header);
  into.setHeaders.set(name, source.text);
  return undefined;
}

function addHeader({ name, source, at: { at } }: Mapping, into: MappedRequest): string | undefined {
  if (source.kind !== 'constant') return computed(name, source);
  const usable = isUsable(settable, name, at) && isUsable(headerValue, source.text, at);
  if (!usable) return unsettable(commentText(name));
  into.addHeaders.set(name, source.text);
  return undefined;
}

function unsettable(header: string): string {
  return `The constant header ${header} is not carried over: gwc writes it itself, or it cannot be a header.`;
}

function removeHeader({ name, at: { at } }: Mapping, into: MappedRequest): string | undefined {
  if (!isUsable(removable, name, at)) {
    return `The removal of the header ${commentText(name)} is not carried over: gwc removes or writes it itself.`;
  }
  into.removeHeaders.add(name);
  return undefined;
}

function setQuery({ name, source, at: { at } }: Mapping, into: MappedRequest): string | undefined {
  if (passesAnyway(name, source, 'querystring')) return undefined;
  if (source.kind !== 'constant' || !isUsable(queryName, name, at)) return computed(name, source);
  if (!/^[A-Za-z0-9._~-]{0,1024}$/.test(source.text)) return computed(name, source);
  into.setQuery.set(name, source.text);
  return undefined;
}

function removeQuery({ name, at: { at } }: Mapping, into: MappedRequest): string | undefined {
  if (!isUsable(queryName, name, at)) {
    return `The removal of the query parameter ${commentText(name)} is not carried over.`;
  }
  into.removeQuery.add(name);
  return undefined;
}

/** gwc forwards headers and the query as they come, so what is mapped to itself needs no field. */
function passesAnyway(name: string, source: ParameterSource, place: 'header' | 'querystring'): boolean {
  if (source.kind !== 'request' || source.in !== place) return false;
  return place === 'header' ? source.name.toLowerCase() === name.toLowerCase() : source.name === name;
}

function computed(name: string, source: ParameterSource): string {
  const from = source.kind === 'other' ? ` from ${commentText(source.text)}` : '';
  const ofCaller = source.kind === 'other' && /^context\.authorizer\./.test(source.text);
  const instead = ofCaller
    ? 'the authenticator forwards facts about the caller, forward: {X-User-Id: claims.sub}'
    : 'the back end takes what it needs from the request';
  return `The parameter ${commentText(name)} is computed${from}, which has no equivalent: ${instead}.`;
}
