import { type RootBlock, readRoot } from '../../extension/index.ts';
import type { Sourced } from '../../model/origin.ts';
import type { IpRange } from '../../model/policy.ts';
import type { Node } from '../../source/node.ts';
import { sameContents } from '../root/same-contents.ts';
import { changesStated } from './changes-stated.ts';
import { weakenedAuthenticator } from './weakened-authenticator.ts';
import { weakenedBackends } from './weakened-backends.ts';
import { weakenedClientCertificates } from './weakened-client-certificates.ts';
import { weakenedConsumers } from './weakened-consumers.ts';
import { containsRange, type Weakening } from './weakened-facets.ts';
import { weakenedNginx } from './weakened-nginx.ts';
import { weakenedWaivers } from './weakened-waivers.ts';

const silent = (): void => undefined;

/** Guards of a root block that are weaker in `after`, all but those of its `defaults`. */
export function weakenedRoot(before: Node, after: Node): readonly Weakening[] {
  const consumers = (node: Node) => part('consumers', node)?.consumers;
  return [
    ...weakenedEntries(before, after, 'policies', weakenedPolicy),
    ...weakenedEntries(before, after, 'authenticators', weakenedBinding),
    ...weakenedBackends(before, after),
    ...weakenedWaivers(before, after),
    ...weakenedConsumers(consumers(before), consumers(after), after.at),
    ...weakenedListener(before, after),
    ...weakenedNginx(before, after),
  ];
}

type MapKey = 'policies' | 'authenticators';
type Compare = (name: string, before: Node, after: Node) => readonly Weakening[];

/** Entries that both have and that differ; one that is gone cannot be referred to any more. */
function weakenedEntries(before: Node, after: Node, key: MapKey, compare: Compare): readonly Weakening[] {
  return (before.child(key)?.entries() ?? []).flatMap(([name, base]) => {
    const patched = after.child(key)?.child(name);
    if (patched === undefined) return [];
    return compare(name, base, patched).map((one) => ({ was: base.at, ...one }));
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
