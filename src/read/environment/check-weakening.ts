import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { type RootBlock, readFacets, readRoot } from '../../extension/index.ts';
import type { Sourced } from '../../model/origin.ts';
import type { IpRange } from '../../model/policy.ts';
import { type Node, nodeOf } from '../../source/node.ts';
import { environmentWeakens } from '../diagnostics.ts';
import type { DocumentNodes } from '../documents/document-blocks.ts';
import { weakenedAuthenticator } from '../guards/weakened-authenticator.ts';
import { weakenedBackends } from '../guards/weakened-backends.ts';
import { weakenedClientCertificates } from '../guards/weakened-client-certificates.ts';
import { weakenedConsumers } from '../guards/weakened-consumers.ts';
import { containsRange, type Weakening, weakenedFacets } from '../guards/weakened-facets.ts';
import { weakenedWaivers } from '../guards/weakened-waivers.ts';
import { sameContents } from '../root/same-contents.ts';

/**
 * Reports every guard that an environment weakens against the base (LANGUAGE.md §3): facets of `defaults` and of
 * operations, policies, authenticators, consumers, verification and privacy of back ends, oldest TLS version, client
 * certificates, redaction, trusted proxies, and waivers of guards.
 */
export function checkWeakening(
  environment: string,
  before: readonly DocumentNodes[],
  after: readonly DocumentNodes[],
  report: Report,
): void {
  for (const [index, patched] of after.entries()) {
    const base = before[index];
    if (base === undefined) continue;
    const found = [...weakenedRoot(base.root, patched.root)];
    for (const operation of patched.api.paths.flatMap(({ operations }) => operations)) {
      const node = patched.ofOperation(operation);
      const old = base.ofOperation(operation);
      if (node !== undefined)
        found.push(...compareFacets(old, node, 'operation'), ...weakenedWaivers(old, node));
    }
    for (const { guard, how, at } of found) {
      report(diagnostic(environmentWeakens, at, { environment, guard, how }));
    }
  }
}

const silent = (): void => undefined;

function compareFacets(
  before: Node | undefined,
  after: Node,
  level: 'defaults' | 'operation',
): readonly Weakening[] {
  const old = before === undefined ? undefined : readFacets(before, level, silent);
  const patched = readFacets(after, level, silent);
  return patched === undefined ? [] : weakenedFacets(old, patched, after.at);
}

function weakenedRoot(before: Node | undefined, after: Node | undefined): readonly Weakening[] {
  if (before === undefined || after === undefined) return [];
  const found: Weakening[] = [];
  const defaults = before.child('defaults');
  if (defaults !== undefined) {
    found.push(...compareFacets(defaults, after.child('defaults') ?? nodeOf({}, after.at), 'defaults'));
  } else if (after.child('defaults') !== undefined) {
    found.push(...compareFacets(undefined, after.child('defaults') ?? after, 'defaults'));
  }
  found.push(...weakenedEntries(before, after, 'policies', weakenedPolicy));
  found.push(...weakenedEntries(before, after, 'authenticators', weakenedBinding));
  found.push(...weakenedBackends(before, after));
  found.push(...weakenedWaivers(before, after));
  const consumers = (node: Node) => part('consumers', node)?.consumers;
  found.push(...weakenedConsumers(consumers(before), consumers(after), after.at));
  found.push(...weakenedListener(before, after));
  return found;
}

type MapKey = 'policies' | 'authenticators';
type Compare = (name: string, before: Node, after: Node) => readonly Weakening[];

/** Entries that both have and that differ; one that is gone cannot be referred to any more. */
function weakenedEntries(before: Node, after: Node, key: MapKey, compare: Compare): readonly Weakening[] {
  return (before.child(key)?.entries() ?? []).flatMap(([name, base]) => {
    const patched = after.child(key)?.child(name);
    return patched === undefined ? [] : compare(name, base, patched);
  });
}

/** A policy may stand behind `not`, so every change of one may open something. */
const weakenedPolicy: Compare = (name, before, after) =>
  sameContents(entry('policies', name, before), entry('policies', name, after))
    ? []
    : [{ guard: `policies.${name}`, how: 'changes the policy', at: after.at }];

const weakenedBinding: Compare = (name, before, after) => {
  const old = entry('authenticators', name, before)?.authenticators?.value.get(name)?.value;
  const patched = entry('authenticators', name, after)?.authenticators?.value.get(name)?.value;
  if (patched === undefined) return [];
  if (old !== undefined) return weakenedAuthenticator(name, old, patched, after.at);
  return changesStated(before, after).map((field) => ({
    guard: `authenticators.${name}.${field}`,
    how: 'changes what the incomplete base states',
    at: after.at,
  }));
};

/** Fields of an incomplete base entry that the patch does not leave as they are. */
function changesStated(before: Node, after: Node): readonly string[] {
  return before.entries().flatMap(([field, node]) => {
    const patched = after.child(field);
    return JSON.stringify(node.value) === JSON.stringify(patched?.value) ? [] : [field];
  });
}

function weakenedListener(before: Node, after: Node): readonly Weakening[] {
  const found: Weakening[] = [];
  const version = (node: Node): unknown => node.child('tls')?.child('minVersion')?.value;
  if (version(before) === '1.3' && version(after) !== '1.3') {
    found.push({
      guard: 'tls.minVersion',
      how: 'accepts an older version',
      at: after.child('tls')?.at ?? after.at,
    });
  }
  const certificates = (node: Node) => part('tls', node)?.tls?.value.clientCertificate;
  const at = after.child('tls')?.at ?? after.at;
  found.push(...weakenedClientCertificates(certificates(before), certificates(after), at));
  const redact = (node: Node): readonly unknown[] =>
    (node.child('logging')?.child('access')?.child('redact')?.entries() ?? []).map(([, one]) => one.value);
  if (!redact(before).every((name) => redact(after).includes(name))) {
    found.push({ guard: 'logging.access.redact', how: 'no longer redacts everything', at: after.at });
  }
  const trusted = trustedProxies(before);
  const more = trustedProxies(after).find(
    ({ value }) => !trusted.some((outer) => containsRange(outer.value, value)),
  );
  if (more !== undefined) {
    found.push({ guard: 'edge.trustedProxies', how: `believes what "${more.value.text}" says`, at: more.at });
  }
  return found;
}

/** Whose word about the client's address is taken: more of them can forge it. */
function trustedProxies(node: Node): readonly Sourced<IpRange>[] {
  return part('edge', node)?.edge?.value.trustedProxies?.value ?? [];
}

/** A root block with a single field, read by itself. */
function part(key: 'consumers' | 'tls' | 'edge', node: Node): RootBlock | undefined {
  const field = node.child(key);
  return field === undefined ? undefined : readRoot(wrap(key, field, field.at), silent);
}

/** A root block with a single entry, so that an incomplete rest does not matter. */
function entry(key: MapKey, name: string, node: Node): RootBlock | undefined {
  const map = wrap(name, node, node.at);
  return readRoot(wrap(key, map, node.at), silent);
}

function wrap(key: string, node: Node, at: Node['at']): Node {
  return {
    value: Object.fromEntries([[key, node.value]]),
    at,
    child: (name) => (name === key ? node : undefined),
    entries: () => [[key, node]],
  };
}
