import { basename } from 'node:path';
import { decisionNotes, publicNotes } from './decision-notes.ts';
import { gatewayBlock } from './gateway-block.ts';
import type { Survey } from './survey.ts';
import { comment, commentText, indented, scalarText } from './yaml-text.ts';

/** What is written, and what is left to a person. */
export interface Draft {
  readonly lines: readonly string[];
  readonly decisions: number;
}

/**
 * An OpenAPI Overlay 1.0 that adds a block to the document. `extends` is the path of the document from the overlay;
 * undefined where gwc could not follow it. `replace` removes a block that is there.
 */
export function writeOverlay(
  survey: Survey,
  { target, replace }: { readonly target: string | undefined; readonly replace: boolean },
): Draft {
  const decisions = decisionNotes(survey, 'overlay');
  const notes = [...decisions.lines, ...publicNotes(survey)];
  const title = commentText(survey.api.title);
  const lines = [
    ...comment(
      `A first gateway for ${scalarText(commentText(basename(survey.api.file)))}, written by gwc init.`,
      'Fill in every field that is marked FILL IN, and take the decisions at the end; a build fails until then.',
    ),
    'overlay: 1.0.0',
    ...(target === undefined ? [] : [`extends: ${scalarText(target)}`]),
    'info:',
    `  title: ${scalarText(title === '' ? 'Gateway' : `${title} behind a gateway`)}`,
    '  version: 1.0.0',
    'actions:',
    ...(replace ? [`  - target: '$["x-gateway"]'`, '    remove: true'] : []),
    '  - target: $',
    '    update:',
    '      x-gateway:',
    ...indented(gatewayBlock(survey), 8),
    ...indented(
      notes.map((line) => (line === '' ? '' : `# ${line}`)),
      2,
    ),
  ];
  return { lines, decisions: decisions.count };
}

/** The same as an entry of the document itself. */
export function writeBlock(survey: Survey): Draft {
  const decisions = decisionNotes(survey, 'document');
  const notes = [...decisions.lines, ...publicNotes(survey)];
  return {
    lines: [
      'x-gateway:',
      ...indented(
        comment(
          'Written by gwc init. Fill in every field that is marked FILL IN, and take the decisions below; a',
          'build fails until then.',
        ),
        2,
      ),
      ...indented(gatewayBlock(survey), 2),
      ...indented(
        notes.map((line) => (line === '' ? '' : `# ${line}`)),
        2,
      ),
    ],
    decisions: decisions.count,
  };
}
