import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import { refusedReference } from '../source/diagnostics.ts';
import { fileOf, type Node } from '../source/node.ts';
import { MISPLACED_EXTENSION, NOT_READ } from './diagnostics.ts';
import { isRecord } from './node-at.ts';
import { type Place, placeOf, takesGateway, takesReference } from './parts-of-document.ts';
import type { Reading } from './reading.ts';

/** The walk of one tree: a document, or what a reference leads to. */
interface Walk {
  readonly reading: Reading;
  /** Where the tree begins. */
  readonly base: Node;
  /** Keys from the base to the current value. */
  readonly path: (string | number)[];
  /** Nodes that were made on the way to the last value that one was asked for, with the keys that lead to them. */
  readonly made: { readonly key: string | number; readonly node: Node }[];
  readonly walked: Walked;
}

/** What several trees have in common. */
interface Walked {
  /** References that are known to lead somewhere: those of the root document to itself. */
  readonly local: Set<string>;
  /** All others, by the file and the kind of place that they stand in. */
  readonly references: Map<string, Map<Place, Set<string>>>;
  /** Objects of other trees than the root's, by what they were walked as: two references may lead to one of them. */
  readonly objects: Map<Place, Set<object>>;
}

/**
 * Walks the document and everything that it refers to, once: reports `x-gateway` in a place where it has no meaning
 * and, as a warning, every reference that leads nowhere (where a gateway follows one, that has been reported as an
 * error before). The walk goes over plain values; nodes are made only where there is something to report.
 */
export function checkReferences(reading: Reading): void {
  const walked = { local: new Set<string>(), references: new Map(), objects: new Map() };
  visit({ reading, base: reading.root, path: [], made: [], walked }, reading.root.value, 'root');
}

function visit(walk: Walk, value: unknown, place: Place): void {
  if (typeof value !== 'object' || value === null) return;
  if (walk.base !== walk.reading.root && isWalked(walk, value, place)) return;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (typeof item !== 'object') continue;
      walk.path.push(i);
      visit(walk, item, place);
      walk.path.pop();
    }
    return;
  }
  for (const key of Object.keys(value)) {
    const item = (value as { readonly [key: string]: unknown })[key];
    if (key === 'x-gateway') checkExtension(walk, place);
    else if (key === '$ref' && typeof item === 'string' && takesReference(place)) {
      checkReference(walk, item, place);
    } else if (typeof item === 'object') {
      const inside = placeOf(place, key, item);
      if (inside === 'data') continue;
      walk.path.push(key);
      visit(walk, item, inside);
      walk.path.pop();
    }
  }
}

function isWalked({ walked }: Walk, value: object, place: Place): boolean {
  let objects = walked.objects.get(place);
  if (objects === undefined) {
    objects = new Set();
    walked.objects.set(place, objects);
  }
  if (objects.has(value)) return true;
  objects.add(value);
  return false;
}

function current({ base, path, made }: Walk): Node {
  let known = 0;
  while (known < made.length && known < path.length && made[known]?.key === path[known]) known += 1;
  made.length = known;
  let node = made.at(-1)?.node ?? base;
  for (const key of path.slice(known)) {
    node = node.child(key) ?? node;
    made.push({ key, node });
  }
  return node;
}

/** In words, for a message: `components.schemas.Pet`. */
function checkExtension(walk: Walk, place: Place): void {
  if (takesGateway(place) || place === 'map') return;
  const owner = current(walk);
  const at = owner.child('x-gateway')?.at ?? owner.at;
  const where = walk.path.length === 0 ? 'a referenced object' : `"${walk.path.slice(-3).join('.')}"`;
  walk.reading.report(diagnostic(MISPLACED_EXTENSION, at, { where }, { side: 'key' }));
}

function checkReference(walk: Walk, reference: string, place: Place): void {
  const { reading, base, walked } = walk;
  const inRoot = base === reading.root && reference.startsWith('#/');
  const isPlain = inRoot && place === 'object';
  const known = isPlain ? walked.local : standingIn(walked, fileOf(base), place);
  if (known.has(reference)) return;
  known.add(reference);
  // Anchors belong to JSON Schema; nothing that a gateway reads is named by one.
  if (/^#[^/]/.test(reference)) return;
  if (isPlain && leadsSomewhere(reading.root.value, reference)) return;
  const target = reading.documents.follow(current(walk), (found) => reading.report(unread(found)));
  if (target === undefined || (place === 'object' && fileOf(target) === fileOf(reading.root))) return;
  visit({ reading, base: target, path: [], made: [], walked }, target.value, place);
}

function standingIn({ references }: Walked, file: string, place: Place): Set<string> {
  let inFile = references.get(file);
  if (inFile === undefined) {
    inFile = new Map();
    references.set(file, inFile);
  }
  let known = inFile.get(place);
  if (known === undefined) {
    known = new Set();
    inFile.set(place, known);
  }
  return known;
}

/** The finding where no gateway follows the reference; what may not be read at all stays an error. */
function unread(found: Diagnostic): Diagnostic {
  if (found.code === refusedReference.code) return found;
  return { ...found, severity: 'warning', consequence: NOT_READ };
}

/** Whether a pointer into the same document has a target (RFC 6901, own properties only). */
function leadsSomewhere(root: unknown, reference: string): boolean {
  let value = root;
  for (const token of reference.slice(2).split('/')) {
    const name = nameOf(token);
    if (!isRecord(value) && !Array.isArray(value)) return false;
    if (!Object.hasOwn(value, name)) return false;
    value = (value as { readonly [key: string]: unknown })[name];
  }
  return true;
}

function nameOf(token: string): string {
  if (!token.includes('%') && !token.includes('~')) return token;
  return decode(token).replaceAll('~1', '/').replaceAll('~0', '~');
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
