import type { ListedOperation, Survey } from './survey.ts';
import { commentText, pathText, scalarText } from './yaml-text.ts';

/** Where the block goes: a decision is an action of an overlay, or an edit of the document itself. */
export type Form = 'overlay' | 'document';

/** One decision that the document leaves to a person: why, which operations, and the lines that take it. */
interface Decision {
  readonly why: readonly string[];
  readonly operations: readonly ListedOperation[];
  /** Lines to uncomment, or an instruction. */
  readonly taken: readonly string[];
}

/** Operations of one decision that are listed where each of them is a finding of a build as well. */
const SHOWN = 60;

/** Lines (without `#`) about every decision, and how many there are. */
export function decisionNotes(
  survey: Survey,
  form: Form,
): { readonly lines: readonly string[]; readonly count: number } {
  const decisions = decisionsOf(survey, form).filter(({ operations }) => operations.length > 0);
  const lines = decisions.flatMap(({ why, operations, taken }) => [
    '',
    ...why,
    ...list(operations),
    ...taken,
  ]);
  return { lines, count: decisions.length };
}

function decisionsOf(survey: Survey, form: Form): readonly Decision[] {
  const { undecided, publicUnsafe, publicByRoot, optional, optionalByRoot } = survey.decisions;
  return [
    {
      why: ['DECIDE who may call these. They have no "security", and neither has the document (SEC001):'],
      operations: undecided,
      taken: securityForAll(survey, form),
    },
    {
      why: [
        'DECIDE whether these stay public. They say "security: []" and change data (SEC002).',
        'Say why anybody may call them, or give them a security:',
      ],
      operations: publicUnsafe,
      taken: reasons(survey, publicUnsafe, form),
    },
    {
      why: [
        'DECIDE whether these stay public. The document says "security: []" for all of them (SEC003).',
        'Say why in defaults: {public: {reason: …}}, or give the document a security:',
      ],
      operations: publicByRoot,
      taken: reasonForAll(form),
    },
    {
      why: [
        'DECIDE whether callers without a credential pass. These have "{}" in their security (SEC004).',
        'Say why, or remove "{}":',
      ],
      operations: optional,
      taken: reasons(survey, optional, form),
    },
    {
      why: [
        'DECIDE whether callers without a credential pass. The security of the document has "{}" (SEC004).',
        'Say why in defaults: {public: {reason: …}}, or remove "{}":',
      ],
      operations: optionalByRoot,
      taken: reasonForAll(form),
    },
  ];
}

/** What the document opens without leaving anything to decide: worth a look all the same. */
export function publicNotes({ decisions: { publicSafe } }: Survey): readonly string[] {
  return publicSafe.length === 0
    ? []
    : ['', 'Public, because the document says "security: []" for them:', ...list(publicSafe)];
}

function list(operations: readonly ListedOperation[]): readonly string[] {
  const shown = operations.slice(0, SHOWN).map((one) => `  ${nameOf(one)}`);
  const rest = operations.length - shown.length;
  return rest > 0 ? [...shown, `  … and ${rest} more; gwc build names each of them`] : shown;
}

function nameOf({ path, operation }: ListedOperation): string {
  const id = operation.operationId === undefined ? '' : ` (${commentText(operation.operationId.value)})`;
  return `${commentText(operation.method)} ${commentText(path.template)}${id}`;
}

function securityForAll({ api, schemes, unused }: Survey, form: Form): readonly string[] {
  const names = [...schemes.map(({ name }) => name), ...unused];
  if (names.length === 0) {
    const place = api.openapi === '2.0' ? 'securityDefinitions' : 'components.securitySchemes';
    return [
      `The document declares no security scheme: add one under ${place}, then`,
      ...setSecurity('NAME', form),
    ];
  }
  return [
    `Schemes: ${names.map((name) => scalarText(commentText(name))).join(', ')}. For all of them at once:`,
    ...setSecurity('NAME', form),
  ];
}

function setSecurity(name: string, form: Form): readonly string[] {
  if (form === 'document') return [`security: [{${name}: []}]   # at the root of the document`];
  return ['- target: $', `  update: {security: [{${name}: []}]}`];
}

function reasonForAll(form: Form): readonly string[] {
  if (form === 'document') return ['defaults: {public: {reason: }}'];
  return ['- target: $', '  update: {x-gateway: {defaults: {public: {reason: }}}}'];
}

function reasons(survey: Survey, operations: readonly ListedOperation[], form: Form): readonly string[] {
  if (form === 'document') return ['x-gateway: {public: {reason: }}   # on the operation'];
  return operations.flatMap(({ operation: { at } }) =>
    at.file === survey.api.file
      ? [`- target: ${pathText(at.pointer)}`, '  update: {x-gateway: {public: {reason: }}}']
      : [`in ${commentText(at.file)}: x-gateway: {public: {reason: }} on the operation`],
  );
}
