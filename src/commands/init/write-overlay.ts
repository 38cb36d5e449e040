import { basename } from 'node:path';
import { decisionNotes, publicNotes } from './decision-notes.ts';
import { entryLines } from './draft-entry.ts';
import { gatewayBlock } from './gateway-block.ts';
import { type Action, type Imported, isReached } from './imported.ts';
import type { Survey } from './survey.ts';
import { comment, commentText, indented, pathText, scalarText } from './yaml-text.ts';

/** What is written, and what is left to a person. */
export interface Draft {
  readonly lines: readonly string[];
  readonly decisions: number;
}

interface OverlayOptions {
  readonly target: string | undefined;
  readonly replace: boolean;
  readonly imported?: Imported | undefined;
}

/**
 * An OpenAPI Overlay 1.0 that adds a block to the document. `extends` is the path of the document from the overlay;
 * undefined where gwc could not follow it. `replace` removes a block that is there.
 */
export function writeOverlay(survey: Survey, { target, replace, imported }: OverlayOptions): Draft {
  const decisions = decisionNotes(survey, 'overlay');
  const more = imported?.decisions ?? [];
  const notes = [
    ...decisions.lines,
    ...more.flatMap((lines) => ['', ...lines]),
    ...publicNotes(survey),
    ...elsewhereNotes(survey, imported?.actions ?? []),
    ...importNotes(imported),
  ];
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
    ...indented(gatewayBlock(survey, imported), 8),
    ...indented(importedActions(imported, survey), 2),
    ...indented(
      notes.map((line) => (line === '' ? '' : `# ${line}`)),
      2,
    ),
  ];
  return { lines, decisions: decisions.count + more.length };
}

function importedActions(imported: Imported | undefined, survey: Survey): readonly string[] {
  const reached = imported?.actions.filter((action) => isReached(action, survey.api.file)) ?? [];
  if (imported === undefined || reached.length === 0) return [];
  return ['', ...comment(...imported.aboutActions), ...reached.flatMap(actionLines)];
}

/** Lines of one action. */
function actionLines({ at, removes, title, update, why }: Action): readonly string[] {
  return [
    ...comment(commentText(title), ...why),
    ...(removes === undefined ? [] : [`- target: ${pathText(removes.pointer)}`, '  remove: true']),
    `- target: ${pathText(at.pointer)}`,
    '  update:',
    ...indented(entryLines(update), 4),
  ];
}

function elsewhereNotes(survey: Survey, actions: readonly Action[]): readonly string[] {
  const elsewhere = actions.filter((action) => !isReached(action, survey.api.file));
  if (elsewhere.length === 0) return [];
  return [
    '',
    'WRITE THESE YOURSELF. They belong into places that an overlay of the document does not reach:',
    ...elsewhere.flatMap(({ at, title, update, why }) => [
      `  in ${commentText(at.file)}, ${commentText(title)}:`,
      ...why.map((line) => `    ${line}`),
      ...indented(entryLines(update), 4),
    ]),
  ];
}

function importNotes(imported: Imported | undefined): readonly string[] {
  if (imported === undefined || imported.notes.length === 0) return [];
  return [
    '',
    'FOUND AND NOT CARRIED OVER, because gwc does it another way or not at all:',
    ...imported.notes,
  ];
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
