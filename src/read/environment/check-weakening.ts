import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import { environmentWeakens } from '../diagnostics.ts';
import type { DocumentNodes } from '../documents/document-blocks.ts';
import type { Weakening } from '../guards/weakened-facets.ts';
import { weakenedRoot } from '../guards/weakened-root.ts';
import { type Declared, servingDocument } from './serving-document.ts';
import { unitedRoot } from './united-root.ts';
import { weakenedDocument } from './weakened-document.ts';

/**
 * Reports every guard that an environment weakens against the base (LANGUAGE.md §3), by patches or by overlays of its
 * own: `security` and facets of operations, paths and `defaults`, policies, authenticators, consumers, verification and
 * privacy of back ends, oldest TLS version, client certificates, redaction, trusted proxies, settings of targets that
 * guard something, and waivers of guards.
 */
export function checkWeakening(environment: string, before: Declared, after: Declared, report: Report): void {
  const at = after.documents[0]?.api.at;
  if (at === undefined) return;
  const [oldRoot, root] = [unitedRoot(before.documents, at), unitedRoot(after.documents, at)];
  const found = [...weakenedRoot(oldRoot, root)];
  const bases = new Map(before.documents.map((one) => [placeOf(one), one]));
  for (const nodes of after.documents) {
    const base = bases.get(placeOf(nodes));
    const old = base === undefined ? undefined : servingDocument(base, before, oldRoot);
    found.push(...weakenedDocument(old, servingDocument(nodes, after, root)));
  }
  for (const { guard, how, at: place, was } of withoutTwins(found)) {
    const options = was === undefined || isSame(was, place) ? {} : { related: [related('The base.', was)] };
    report(diagnostic(environmentWeakens, place, { environment, guard, how }, options));
  }
}

/** Overlays change what stands at a place, and leave the place. */
function placeOf({ api }: DocumentNodes): string {
  return `${api.at.file}#${api.at.pointer}`;
}

function isSame(one: Weakening['at'], other: Weakening['at']): boolean {
  return one.file === other.file && one.pointer === other.pointer;
}

function withoutTwins(found: readonly Weakening[]): readonly Weakening[] {
  const kept = new Map<string, Weakening>();
  for (const one of found) {
    const key = JSON.stringify([one.guard, one.how, one.at.file, one.at.pointer]);
    if (!kept.has(key)) kept.set(key, one);
  }
  return [...kept.values()];
}
