import type { Sourced } from '../model/origin.ts';
import type { Node } from '../source/node.ts';
import type { SecurityRequirement, SecurityScheme } from './document.ts';
import { fields, items, text } from './node-at.ts';
import type { Reading } from './reading.ts';

/** The alternatives of a `security` list, in order; what is malformed has been reported by the structure check. */
export function readRequirements(reading: Reading, list: Node): readonly SecurityRequirement[] {
  return items(list).map((requirement) => ({
    schemes: fields(requirement).map(([name, scopes]) => ({
      name: schemeName(reading, name),
      scopes: items(scopes)
        .map((scope) => scope.value)
        .filter((scope) => typeof scope === 'string'),
      at: scopes.at,
    })),
    at: requirement.at,
  }));
}

const SCHEMES = '#/components/securitySchemes/';

/** OpenAPI 3.2 §4.30: a requirement names a scheme or, unless that is the name of one, gives the URI of one. */
function schemeName({ root, version }: Reading, written: string): string {
  if (version !== '3.2' || !written.startsWith(SCHEMES)) return written;
  const declared = root.child('components')?.child('securitySchemes');
  if (declared === undefined || declared.child(written) !== undefined) return written;
  const token = written.slice(SCHEMES.length);
  const name = decodeFragment(token).replaceAll('~1', '/').replaceAll('~0', '~');
  return !token.includes('/') && declared.child(name) !== undefined ? name : written;
}

function decodeFragment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The declared security schemes by name, references followed. */
export function readSchemes(reading: Reading): ReadonlyMap<string, SecurityScheme> {
  const schemes = new Map<string, SecurityScheme>();
  for (const [name, node] of declaredSchemes(reading)) {
    const target = reading.resolve(node, 'securityScheme');
    const scheme = target === undefined ? undefined : readScheme(name, target);
    if (scheme !== undefined) schemes.set(name, scheme);
  }
  return schemes;
}

/** Names and nodes of all declared schemes, readable or not. */
export function declaredSchemes({ root, version }: Reading): readonly (readonly [string, Node])[] {
  if (version === '2.0') return fields(root.child('securityDefinitions'));
  return fields(root.child('components')?.child('securitySchemes'));
}

const TYPES = ['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS'] as const;

function readScheme(name: string, node: Node): SecurityScheme | undefined {
  const written = text(node, 'type');
  // Swagger 2.0 calls the http scheme `basic` a type.
  const type = written === 'basic' ? 'http' : TYPES.find((one) => one === written);
  if (type === undefined) return undefined;
  const flows = flowsOf(node);
  return {
    name,
    type,
    scheme: type === 'http' ? (text(node, 'scheme') ?? 'basic').toLowerCase() : undefined,
    place: type === 'apiKey' ? placeOf(node) : undefined,
    authorizationUrl: first(flows, 'authorizationUrl'),
    openIdConnectUrl: type === 'openIdConnect' ? first([node], 'openIdConnectUrl') : undefined,
    scopes: type === 'oauth2' ? scopesOf(flows) : undefined,
    at: node.at,
  };
}

/** Swagger 2.0 writes its one flow into the scheme itself. */
function flowsOf(node: Node): readonly Node[] {
  if (text(node, 'type') !== 'oauth2') return [];
  if (node.child('flow') !== undefined) return [node];
  return fields(node.child('flows'))
    .filter(([name]) => !name.startsWith('x-'))
    .map(([, flow]) => flow);
}

function placeOf(node: Node): SecurityScheme['place'] {
  const place = text(node, 'in');
  const name = text(node, 'name');
  if (name === undefined) return undefined;
  return place === 'header' || place === 'query' || place === 'cookie' ? { in: place, name } : undefined;
}

function first(nodes: readonly Node[], field: string): Sourced<string> | undefined {
  for (const node of nodes) {
    const found = node.child(field);
    if (typeof found?.value === 'string') return { value: found.value, at: found.at };
  }
  return undefined;
}

/** A scheme whose flows list no scope at all declares none, so any may be asked for. */
function scopesOf(flows: readonly Node[]): ReadonlySet<string> | undefined {
  const scopes = flows.flatMap((flow) => fields(flow.child('scopes')).map(([scope]) => scope));
  return scopes.length === 0 ? undefined : new Set(scopes);
}
