import { isRecord, nodeAt } from '../../../openapi/node-at.ts';
import { escapePointer, type Node } from '../../../source/node.ts';
import { commentText } from '../yaml-text.ts';
import { type DocumentDraft, extensions, type Level } from './extension-table.ts';

type Place = Level | 'paths' | 'methods' | 'schemes' | 'servers';

/** Places below places, by key; `*` is every other key. What is not listed is `other`. */
const below: { readonly [P in Place]?: { readonly [key: string]: Place } } = {
  root: { paths: 'paths', components: 'components', securityDefinitions: 'schemes', servers: 'servers' },
  paths: { '*': 'path' },
  path: { additionalOperations: 'methods', servers: 'servers', parameters: 'other', '*': 'operation' },
  methods: { '*': 'operation' },
  operation: { servers: 'servers' },
  components: { securitySchemes: 'schemes', pathItems: 'paths' },
  schemes: { '*': 'scheme' },
  servers: { '*': 'server' },
};

/**
 * Finds every extension of Amazon in a tree, wherever it stands: what the table reads is read, what it explains becomes
 * a note, and so does what it does not know. Returns how many there are. Each value is looked at once, however often
 * aliases repeat it.
 */
export function walkExtensions(root: Node, from: 'root' | 'path', draft: DocumentDraft): number {
  const seen = new Set<object>();
  let count = 0;
  const visit = (value: unknown, pointer: string, place: Place): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    for (const [key, child] of Object.entries(value)) {
      const inner = `${pointer}/${escapePointer(key)}`;
      if (isRecord(value) && /^x-amazon-/i.test(key)) {
        count += 1;
        explain(key, nodeAt(root, inner), place, draft);
        if (key === 'x-amazon-apigateway-any-method') visit(child, inner, 'operation');
      } else if (typeof child === 'object' && !key.startsWith('x-')) {
        visit(child, inner, placeBelow(place, key));
      }
    }
  };
  visit(root.value, '', from);
  return count;
}

function placeBelow(place: Place, key: string): Place {
  const known = below[place];
  if (known === undefined) return 'other';
  return (Object.hasOwn(known, key) ? known[key] : known['*']) ?? 'other';
}

function explain(name: string, node: Node, place: Place, draft: DocumentDraft): void {
  const row = Object.hasOwn(extensions, name) ? extensions[name] : undefined;
  if (row === undefined) {
    draft.findings.note(node, `${commentText(name)} is no extension that gwc knows.`);
  } else if (!row.on.some((level) => level === place)) {
    draft.findings.note(node, `${commentText(name)} has no meaning in this place.`);
  } else {
    row.read?.(node, draft);
    if (row.note !== undefined) draft.findings.note(node, row.note);
  }
}
