/** Limits of what is read, so that a hostile document ends in a diagnostic instead of a hang or an exhausted heap. */
export interface Budgets {
  /** Bytes of one document. */
  readonly documentBytes: number;
  /** Bytes of all documents together. */
  readonly totalBytes: number;
  readonly files: number;
  /** Levels of nested mappings and sequences. */
  readonly depth: number;
  /** YAML aliases in one file. */
  readonly aliases: number;
  /** Values of one file, counted as if every alias were written out. */
  readonly nodes: number;
  /** References that are followed one after the other. */
  readonly chain: number;
}

export const defaultBudgets: Budgets = {
  documentBytes: 64 * 1024 * 1024,
  totalBytes: 256 * 1024 * 1024,
  files: 20_000,
  depth: 100,
  aliases: 1_000,
  nodes: 5_000_000,
  chain: 32,
};
