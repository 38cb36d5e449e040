import type { Gateway, HeaderChanges, Operation } from '../../../model/gateway.ts';
import type { Cors } from '../../../model/traffic.ts';
import { type DecidingTemplate, decidingTemplates } from './deciding-templates.ts';
import { mostFrequent } from './most-frequent.ts';

/** `remove`, then `set`, then `add`, then `cors`; names in lower case. */
interface Changes {
  readonly remove: readonly string[];
  readonly set: readonly (readonly [name: string, value: string])[];
  readonly add: readonly (readonly [name: string, value: string])[];
  /** Which pages may read the answer (Fetch standard, "CORS protocol"). */
  readonly cors?: Pick<Cors, 'origins' | 'credentials'> & { readonly expose: string };
}

/** Number of changes; -1 for none. */
type ChangesNumber = number;

/**
 * Changes of response headers for the viewer-response function: each once. By site the usual ones, and the templates of
 * operations that have others. What is usual is not so for OPTIONS, which asks for itself or is answered by a mock.
 */
export interface ChangesByTemplate {
  readonly changes: readonly Changes[];
  readonly usual: readonly ChangesNumber[];
  readonly templates: readonly (readonly DecidingTemplate<ChangesNumber>[])[];
}

/** How the headers of an operation's answers can be changed at the edge. */
export type HeaderOutcome =
  | { readonly kind: 'exact' }
  | { readonly kind: 'approximate'; readonly difference: string }
  | { readonly kind: 'unsupported'; readonly reason: string };

/** Functions must not touch these (CloudFront Developer Guide, "Restrictions on all edge functions"); policies neither. */
const fixedHeader =
  /^(?:connection|content-encoding|content-length|expect|host|keep-alive|proxy-.*|trailer|transfer-encoding|upgrade|via|warning|x-accel-.*|x-amz-cf-.*|x-amzn-.*|x-cache|x-edge-.*|x-forwarded-proto|x-gwc-.*|x-real-ip)$/i;

/** Headers that a policy adds or removes at most (CloudFront Developer Guide, "Quotas on policies"). */
const maximumOfPolicy = 10;

export function headerOutcome(gateway: Gateway, operation: Operation): HeaderOutcome {
  const changes = changesOf(operation);
  if (changes === undefined || commonHeaderChanges(gateway) !== undefined) return { kind: 'exact' };
  const names = [...changes.remove, ...[...changes.set, ...changes.add].map(({ name }) => name)];
  const fixed = names.find((name) => fixedHeader.test(name));
  if (fixed !== undefined) return { kind: 'unsupported', reason: `CloudFront lets nobody change "${fixed}"` };
  if (names.some((name) => name.toLowerCase() === 'set-cookie'))
    return { kind: 'unsupported', reason: 'functions of CloudFront see cookies apart from headers' };
  return {
    kind: 'approximate',
    difference:
      'functions of CloudFront do not see answers with a status of 400 or more, whose headers stay as they are',
  };
}

/**
 * The changes of response headers of all operations, where they are the same and a response headers policy can make
 * them, which reaches all answers; undefined otherwise. An addition beside what the back end sent is none of those.
 */
export function commonHeaderChanges({ sites }: Gateway): HeaderChanges | undefined {
  const all = sites.flatMap(({ routes }) => routes.flatMap(({ operations }) => operations.map(changesOf)));
  const [first] = all;
  const same = new Set(all.map((one) => JSON.stringify(one)));
  return first !== undefined && same.size === 1 && isWithinPolicy(first) ? first : undefined;
}

function isWithinPolicy({ set, add, remove }: HeaderChanges): boolean {
  const names = [...set.map(({ name }) => name), ...remove];
  return (
    add.length === 0 &&
    set.length <= maximumOfPolicy &&
    remove.length <= maximumOfPolicy &&
    !names.some((name) => fixedHeader.test(name) || name.toLowerCase() === 'set-cookie')
  );
}

/** What the function does: what the policy cannot, and CORS. */
export function changesByTemplate(gateway: Gateway): ChangesByTemplate {
  const common = commonHeaderChanges(gateway) !== undefined;
  const known = new Map<string, ChangesNumber>();
  const numberOf = (operation: Operation): ChangesNumber => {
    const changes = functionChanges(operation, common);
    if (changes === undefined) return -1;
    const text = JSON.stringify(changes);
    const number = known.get(text) ?? known.size;
    known.set(text, number);
    return number;
  };
  const sites = gateway.sites.map((site) => {
    const operations = site.routes.flatMap((route) => route.operations);
    const usual = mostFrequent(operations.map(numberOf), -1);
    const templates = decidingTemplates(site, (operation) => {
      const number = numberOf(operation);
      return number === (operation.method === 'OPTIONS' ? -1 : usual) ? undefined : number;
    });
    return { usual, templates };
  });
  return {
    changes: [...known.keys()].map((text) => JSON.parse(text) as Changes),
    usual: sites.map(({ usual }) => usual),
    templates: sites.map(({ templates }) => templates),
  };
}

function functionChanges(operation: Operation, common: boolean): Changes | undefined {
  const headers = common ? undefined : changesOf(operation);
  const cors = operation.features.cors?.value;
  if (headers === undefined && cors === undefined) return undefined;
  return {
    ...inLowerCase(headers ?? { set: [], add: [], remove: [] }),
    ...(cors === undefined
      ? {}
      : {
          cors: { origins: cors.origins, credentials: cors.credentials, expose: cors.expose.join(', ') },
        }),
  };
}

/** What the document asks for, and the headers of its lifecycle (RFC 8594, RFC 9745). */
function changesOf({ features }: Operation): HeaderChanges | undefined {
  const asked = features.responseHeaders?.value;
  const lifecycle = features.lifecycle?.value.headers ?? [];
  if (asked === undefined && lifecycle.length === 0) return undefined;
  const { set = [], add = [], remove = [] } = asked ?? {};
  return { set: [...lifecycle, ...set], add, remove };
}

function inLowerCase({ set, add, remove }: HeaderChanges): Changes {
  const pairs = (list: HeaderChanges['set']): Changes['set'] =>
    list.map(({ name, value }) => [name.toLowerCase(), value] as const);
  return { remove: remove.map((name) => name.toLowerCase()), set: pairs(set), add: pairs(add) };
}
