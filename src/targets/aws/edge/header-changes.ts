import type { Gateway, HeaderChanges, Operation } from '../../../model/gateway.ts';
import { type DecidingTemplate, decidingTemplates } from './deciding-templates.ts';

/** `remove`, then `set`, then `add`; names in lower case. */
interface Changes {
  readonly remove: readonly string[];
  readonly set: readonly (readonly [name: string, value: string])[];
  readonly add: readonly (readonly [name: string, value: string])[];
}

/** Changes of response headers for the viewer-response function: each once, and by site the templates that have some. */
export interface ChangesByTemplate {
  readonly changes: readonly Changes[];
  readonly templates: readonly (readonly DecidingTemplate<number>[])[];
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

/** What the function does, where the policy cannot. */
export function changesByTemplate(gateway: Gateway): ChangesByTemplate {
  const known = new Map<string, number>();
  const numberOf = (operation: Operation): number | undefined => {
    const changes = changesOf(operation);
    if (changes === undefined) return undefined;
    const text = JSON.stringify(inLowerCase(changes));
    const number = known.get(text) ?? known.size;
    known.set(text, number);
    return number;
  };
  const common = commonHeaderChanges(gateway) !== undefined;
  const templates = gateway.sites.map((site) => (common ? [] : decidingTemplates(site, numberOf)));
  return { changes: [...known.keys()].map((text) => JSON.parse(text) as Changes), templates };
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
