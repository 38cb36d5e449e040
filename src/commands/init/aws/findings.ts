import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { Shape } from '../../../extension/shape.ts';
import type { Origin } from '../../../model/origin.ts';
import { isRecord, quote } from '../../../openapi/node-at.ts';
import { type Node, nodeOf } from '../../../source/node.ts';
import { extensionUnreadable, guardNotCarried } from '../diagnostics.ts';

/** Something that was found and has no equivalent: what it said, what gwc does instead, and where it stands. */
export interface Note {
  readonly text: string;
  readonly at: Origin;
}

/** What the readers of extensions tell besides what they derive: nothing that they found is dropped in silence. */
export interface Findings {
  readonly notes: readonly Note[];
  readonly diagnostics: readonly Diagnostic[];
  /** No equivalent, and nothing that guards anything. */
  readonly note: (node: Node, text: string) => void;
  /** A guard that could not be carried over: a warning, and a note in the draft. */
  readonly lose: (node: Node, what: string) => void;
  /** A mistake of the document: nothing is derived from it. */
  readonly misread: (node: Node, expected: string) => void;
}

export function collectFindings(): Findings {
  const notes: Note[] = [];
  const diagnostics: Diagnostic[] = [];
  return {
    notes,
    diagnostics,
    note: ({ at }, text) => void notes.push({ text, at }),
    lose: ({ at }, what) => {
      notes.push({ text: `A GUARD THAT IS NOT CARRIED OVER: ${what}`, at });
      diagnostics.push(diagnostic(guardNotCarried, at, { what }));
    },
    misread: ({ at, value }, expected) => {
      diagnostics.push(diagnostic(extensionUnreadable, at, { found: quote(value), expected }));
    },
  };
}

/** The entries of a mapping; anything else is a mistake. */
export function entriesOf(
  node: Node | undefined,
  what: string,
  findings: Findings,
): readonly (readonly [string, Node])[] {
  if (node === undefined) return [];
  if (isRecord(node.value)) return node.entries();
  findings.misread(node, `${what} (an object)`);
  return [];
}

/** The items of a list; anything else is a mistake. */
function itemsOf(node: Node | undefined, what: string, findings: Findings): readonly Node[] {
  if (node === undefined) return [];
  if (Array.isArray(node.value)) return node.entries().map(([, item]) => item);
  findings.misread(node, `${what} (a list)`);
  return [];
}

/** A text, or the text of a number or boolean, which writers of YAML often leave without quotes. */
export function textOf(node: Node | undefined, what: string, findings: Findings): string | undefined {
  if (node === undefined) return undefined;
  const { value } = node;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  findings.misread(node, `${what} (a text)`);
  return undefined;
}

/** Texts of a list, or the one text that stands in place of a list. */
export function textsOf(node: Node | undefined, what: string, findings: Findings): readonly string[] {
  if (typeof node?.value === 'string') return [node.value];
  return itemsOf(node, what, findings).flatMap((item) => textOf(item, what, findings) ?? []);
}

export function flagOf(node: Node | undefined, what: string, findings: Findings): boolean | undefined {
  if (node === undefined) return undefined;
  if (node.value === true || node.value === 'true') return true;
  if (node.value === false || node.value === 'false') return false;
  findings.misread(node, `${what} (true or false)`);
  return undefined;
}

/** Whether a text of the document can stand in a field of `x-gateway` as it is; substitutions never can. */
export function isUsable<T>(shape: Shape<T>, value: string, at: Origin): boolean {
  if (value.includes('${')) return false;
  return shape.read(nodeOf(value, at), () => undefined) !== undefined;
}

/** The text between single quotes, which is how parameter mappings of REST APIs write a constant. */
export function constantOf(text: string): string | undefined {
  return /^'([^']*)'$/.exec(text)?.[1];
}
