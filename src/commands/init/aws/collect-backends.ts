import { backendUrl } from '../../../extension/values/url.ts';
import { type Entry, field, nested, unknown } from '../draft-entry.ts';
import { commentText } from '../yaml-text.ts';
import { isUsable } from './findings.ts';
import type { BackendSeed, Upstream } from './upstream.ts';
import { type Placed, plainTemplate, upstreamPath } from './upstream-path.ts';

/** The back ends of a document, one for each origin or function, and what operations write to use them. */
export interface Backends {
  /** Entries of `backends`. */
  readonly entries: readonly Entry[];
  /** The one that most operations use: the default. */
  readonly main: string | undefined;
  /** `backend` and `rewrite` of an operation. */
  readonly facetsOf: (placed: Placed) => readonly Entry[];
}

interface Collected {
  readonly seed: BackendSeed;
  readonly name: string;
  readonly users: Placed[];
}

export function collectBackends(operations: readonly Placed[]): Backends {
  const collected = new Map<string, Collected>();
  const nameOf = uniqueNames();
  for (const placed of operations) {
    const seed = seedOf(placed.upstream);
    if (seed === undefined) continue;
    const known = collected.get(seed.key) ?? { seed, name: nameOf(seed.words), users: [] };
    collected.set(seed.key, known);
    known.users.push(placed);
  }
  const all = [...collected.values()].map((one) => ({ ...one, base: basePath(one) }));
  const main = all.reduce<(typeof all)[number] | undefined>(
    (most, one) => (most === undefined || one.users.length > most.users.length ? one : most),
    undefined,
  );
  const byKey = new Map(all.map((one) => [one.seed.key, one]));
  return {
    entries: all.map(backendEntry),
    main: main?.name,
    facetsOf: (placed) => {
      const { upstream } = placed;
      if (upstream.kind === 'none') return [unknown('backend', upstream.hint)];
      const seed = seedOf(upstream);
      const own = seed === undefined ? undefined : byKey.get(seed.key);
      if (own === undefined) return [];
      return [
        ...(own.name === main?.name ? [] : [field('backend', own.name)]),
        ...rewriteOf(placed, own.base),
      ];
    },
  };
}

function seedOf(upstream: Upstream): BackendSeed | undefined {
  return upstream.kind === 'http' || upstream.kind === 'as-is' ? upstream.backend : undefined;
}

/** The path that all addresses of a back end have in front of the paths of their operations; '' where they differ. */
function basePath({ seed, users }: Collected): string {
  if (seed.field !== 'url' || seed.value === undefined) return '';
  const paths = users.flatMap((placed) => {
    const path = upstreamPath(placed);
    return path.kind === 'known' ? [{ text: path.text, template: plainTemplate(placed.template) }] : [];
  });
  if (users.some((placed) => upstreamPath(placed).kind === 'same')) return '';
  const first = paths.find(({ text, template }) => text.endsWith(template));
  if (first === undefined) return '';
  const base = first.text.slice(0, first.text.length - first.template.length);
  const isShared = paths.every(({ text }) => text.startsWith(`${base}/`));
  return isShared && isUsable(backendUrl, `${seed.value}${base}`, { file: '', pointer: '' }) ? base : '';
}

function rewriteOf(placed: Placed, base: string): readonly Entry[] {
  const path = upstreamPath(placed);
  switch (path.kind) {
    case 'same':
      return [];
    case 'unknown':
      return [unknown('rewrite', path.hint)];
    case 'known': {
      const rest = path.text.slice(base.length);
      return rest === plainTemplate(placed.template) ? [] : [field('rewrite', rest)];
    }
  }
}

function backendEntry({ seed, name, users, base }: Collected & { readonly base: string }): Entry {
  const { link, serverName, loadBalancer } = seed;
  const count = `${users.length} operation${users.length === 1 ? '' : 's'}`;
  const value = seed.value === undefined ? undefined : `${seed.value}${base}`;
  // A blank may be filled in with plain http, beside which TLS would be a contradiction.
  const named = `Its certificate is checked for ${commentText(serverName ?? '')} (serverNameToVerify): tls: {serverName: …}.`;
  const fields = [
    value === undefined
      ? unknown(seed.field, seed.hint, ...(serverName === undefined ? [] : [named]))
      : field(seed.field, value),
    ...(serverName === undefined || value === undefined
      ? []
      : [nested('tls', [field('serverName', serverName)], 'From tlsConfig.serverNameToVerify.')]),
    ...(link === undefined ? [] : [field('private', true, ...linkNote(link, loadBalancer))]),
  ];
  return nested(name, fields, `From x-amazon-apigateway-integration of ${count}.`);
}

/** API Gateway Developer Guide, "Set up REST API private integrations": the address is not what the link leads to. */
function linkNote(link: string, loadBalancer: string | undefined): readonly string[] {
  return [
    `Behind the VPC link ${link === '' ? '(without an id)' : commentText(link)}: the address gives the Host header only, the link leads to its load balancer.`,
    loadBalancer === undefined
      ? 'Say where that is: targets: {aws: {vpc: {subnets: […], securityGroups: […], loadBalancer: arn:…}}}.'
      : `That is targets: {aws: {vpc: {loadBalancer: ${commentText(loadBalancer)}, subnets: […], securityGroups: […]}}}.`,
    'Outside AWS a private back end needs a client certificate or credentials.',
  ];
}

/** Names of `backends` made of words, each once. */
function uniqueNames(): (words: string) => string {
  const names = new Set<string>();
  const counts = new Map<string, number>();
  return (words) => {
    const slug = words
      .slice(0, 200)
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+/, '')
      .slice(0, 50)
      .replace(/-+$/, '');
    const base = slug === '' ? 'backend' : slug;
    for (let count = (counts.get(base) ?? 0) + 1; ; count++) {
      const name = count === 1 ? base : `${base}-${count}`;
      if (names.has(name)) continue;
      names.add(name);
      counts.set(base, count);
      return name;
    }
  };
}
