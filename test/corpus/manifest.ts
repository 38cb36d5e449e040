import { existsSync, readFileSync } from 'node:fs';

export const corpus = new URL('../../../shared/corpus/', import.meta.url);
export const hasCorpus = existsSync(corpus);

export interface CorpusDocument {
  /** Below the corpus. */
  readonly file: string;
  /** How many operations its paths have. */
  readonly operations: number;
}

/** The good documents of the corpus with the number of their operations, as its manifest lists them. */
export function corpusDocuments(): readonly CorpusDocument[] {
  if (!hasCorpus) return [];
  const rows = readFileSync(new URL('MANIFEST.md', corpus), 'utf8').split('\n');
  return rows.flatMap((row) => {
    const cells = row.split('|').map((cell) => cell.trim());
    const [, file = '', , , , , operations = ''] = cells;
    if (!/^[\w./-]+\.(ya?ml|json)$/.test(file) || cells.length < 10) return [];
    return [{ file, operations: Number.parseInt(operations, 10) }];
  });
}
