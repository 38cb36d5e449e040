import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.ts';
import { fetchedUrl, issuerUrl } from '../../extension/values/url.ts';
import type { Sourced } from '../../model/origin.ts';
import type { Documents } from '../../source/documents.ts';
import { type Node, nodeOf } from '../../source/node.ts';
import { lockMalformed } from './diagnostics.ts';

export const LOCK_NAME = 'gwc.lock.yaml';

/** What discovery answered when it was last asked: issuer → URL of its key set. */
export interface Lock {
  /** Whether there is a file: without one nothing is pinned on purpose. */
  readonly present: boolean;
  readonly issuers: ReadonlyMap<string, Sourced<string>>;
}

const noLock: Lock = { present: false, issuers: new Map() };

/** Path of the lock file beside a document, as it is named; undefined when the document does not exist. */
export function lockPath(document: string): string | undefined {
  try {
    return join(dirname(realpathSync(document)), LOCK_NAME);
  } catch {
    return undefined;
  }
}

/**
 * Reads the lock file beside a file that was read (default: the first document); no file is an empty lock. It is read
 * like every other document: strictly, and with a place for every finding.
 */
export function readLock(
  documents: Documents,
  beside: string | undefined = documents.roots[0]?.at.file,
): { readonly lock: Lock; readonly diagnostics: readonly Diagnostic[] } {
  const path = beside === undefined ? undefined : lockPath(beside);
  if (beside === undefined || path === undefined || !exists(path)) return { lock: noLock, diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const node = documents.load(LOCK_NAME, { file: beside, pointer: '' }, (found) => diagnostics.push(found));
  const issuers = node === undefined ? new Map() : readRoot(node, (found) => diagnostics.push(found));
  return { lock: { present: true, issuers }, diagnostics };
}

/** Issuer → URL of its key set. */
export function pinnedKeySets({ issuers }: Lock): ReadonlyMap<string, string> {
  return new Map([...issuers].map(([issuer, { value }]) => [issuer, value]));
}

const HEADING = `# Written by gwc build --resolve: where the keys of issuers are, as the issuers say. Commit this file; a build reads
# it and asks nobody.
`;

/** The text of a lock file: sorted, and the same for the same contents. */
export function printLock(pins: ReadonlyMap<string, string>): string {
  const entries = [...pins].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = entries.map(
    ([issuer, jwks]) => `  ${JSON.stringify(issuer)}:\n    jwks: ${JSON.stringify(jwks)}\n`,
  );
  return `${HEADING}version: 1\nissuers:${lines.length === 0 ? ' {}' : ''}\n${lines.join('')}`;
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

type Complain = (node: Node, reason: string, side?: 'key' | 'value') => void;

function readRoot(root: Node, report: (found: Diagnostic) => void): Lock['issuers'] {
  const complain: Complain = (node, reason, side = 'value') => {
    report(diagnostic(lockMalformed, node.at, { reason }, { side }));
  };
  const issuers = new Map<string, Sourced<string>>();
  if (!isMapping(root)) {
    complain(root, 'it is not a mapping');
    return issuers;
  }
  checkFields(root, ['version', 'issuers'], complain);
  const version = root.child('version');
  if (version?.value !== 1) complain(version ?? root, 'its "version" is not 1');
  const entries = root.child('issuers');
  if (entries === undefined || !isMapping(entries)) complain(entries ?? root, 'its "issuers" are no mapping');
  else for (const [issuer, entry] of entries.entries()) readEntry(issuer, entry, issuers, complain);
  return issuers;
}

function readEntry(
  issuer: string,
  entry: Node,
  issuers: Map<string, Sourced<string>>,
  complain: Complain,
): void {
  if (!isUsable(issuerUrl, issuer)) complain(entry, `"${issuer}" is no https URL of an issuer`, 'key');
  else if (!isMapping(entry)) complain(entry, 'an issuer is no mapping');
  else {
    checkFields(entry, ['jwks'], complain);
    const jwks = entry.child('jwks');
    if (typeof jwks?.value !== 'string' || !isUsable(fetchedUrl, jwks.value)) {
      complain(jwks ?? entry, 'a "jwks" is no https URL');
    } else issuers.set(issuer, { value: jwks.value, at: jwks.at });
  }
}

function checkFields(node: Node, known: readonly string[], complain: Complain): void {
  for (const [key, item] of node.entries()) {
    if (!known.includes(key)) complain(item, `it has an unknown field "${key}"`, 'key');
  }
}

function isMapping({ value }: Node): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a text is a URL that `x-gateway` would accept in that place. */
export function isUsable(shape: typeof fetchedUrl, text: string): boolean {
  return shape.read(nodeOf(text, { file: '', pointer: '' }), () => undefined) !== undefined;
}
