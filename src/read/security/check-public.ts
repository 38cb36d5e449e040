import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { RootBlock } from '../../extension/index.ts';
import { publicUnused } from '../diagnostics.ts';
import type { DocumentBlocks } from '../documents/document-blocks.ts';
import type { DraftOperation } from '../routes/draft-operation.ts';

/** As `checkPublic`, for the defaults that all documents of a gateway share. */
export function checkSharedPublic(
  shared: RootBlock['defaults'],
  drafts: readonly DraftOperation[],
  report: Report,
): void {
  const stated = shared?.value.public;
  const isUsed = drafts.some(({ features }) => features.authentication.value.kind !== 'required');
  if (stated !== undefined && !isUsed) report(diagnostic(publicUnused, stated.at, {}));
}

/** Warns of every `public` that covers no operation which is open: somebody believes what is not so. */
export function checkPublic(blocks: DocumentBlocks, drafts: readonly DraftOperation[], report: Report): void {
  const open = new Set(
    drafts.flatMap(({ at, features }) => (features.authentication.value.kind === 'required' ? [] : [at])),
  );
  const operations = blocks.paths.flatMap((path) => path.operations);
  const statements = [
    { stated: blocks.root?.defaults?.value.public, covered: operations },
    ...blocks.paths.map((path) => ({ stated: path.block?.public, covered: path.operations })),
    ...operations.map((one) => ({ stated: one.block?.public, covered: [one] })),
  ];
  for (const { stated, covered } of statements) {
    if (stated === undefined || covered.some(({ operation }) => open.has(operation.at))) continue;
    report(diagnostic(publicUnused, stated.at, {}));
  }
}
