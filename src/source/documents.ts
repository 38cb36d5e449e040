import type { Place, Report } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../model/origin.ts';
import type { Node } from './node.ts';

/** 1-based line and column (UTF-16 units, as editors count), with the text of the line for a code frame. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
  /** Exclusive end column on the same line. */
  readonly endColumn: number;
  readonly lineText: string;
}

/** References with the same text in one file that lead nowhere. */
export interface DanglingReference {
  readonly reference: string;
  /** Why, as a clause. */
  readonly reason: string;
  /** Where they are written, in document order; at least one. */
  readonly places: readonly [Origin, ...Origin[]];
}

/** What was read from disk: the only way from a place to its text, and from a `$ref` to its target. */
export interface Documents {
  /** The root documents, in the order given on the command line; a document that could not be read is absent. */
  readonly roots: readonly Node[];
  /** Files that were read with the documents and are none of them, in the order asked for. */
  readonly beside: readonly Node[];
  /** Every file that was read, sorted by name, with the SHA-256 (hex) of its bytes: for the manifest. */
  readonly files: readonly { readonly file: string; readonly sha256: string }[];
  /**
   * Follows `$ref` until a value that is not a reference. Reports a dangling, refused or endless reference and then
   * returns undefined (a referenced file that cannot be read has diagnostics of its own, which are reported again). A
   * node that is no reference is returned as it is. Siblings of `$ref` are ignored.
   */
  readonly follow: (node: Node, report: Report) => Node | undefined;
  /** Reads a data file (a key set) named in a document, under the same policy as `$ref`. */
  readonly load: (path: string, from: Origin, report: Report) => Node | undefined;
  /**
   * Every reference in every document that leads nowhere, whether or not somebody follows it. Refused references and
   * unreadable files are left out, because they are errors already; so are references to other kinds of files.
   */
  readonly dangling: () => readonly DanglingReference[];
  /** Line and column of a place; undefined when the file is unknown. A missing pointer falls back to its nearest ancestor. */
  readonly locate: (place: Place) => TextPosition | undefined;
}
