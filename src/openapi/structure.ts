import { type DiagnosticKind, diagnostic, type Report, type Side } from '../diagnostics/diagnostic.ts';
import type { Node } from '../source/node.ts';
import { describeMistake, type MistakeKind } from './describe-mistake.ts';
import {
  BROKEN_RULE,
  MISSING_FIELD,
  type Mistake,
  TOO_MANY_MISTAKES,
  UNKNOWN_FIELD,
  WRONG_TYPE,
  WRONG_VALUE,
} from './diagnostics.ts';
import { isReadByGateway } from './gateway-part.ts';
import { nodeAt } from './node-at.ts';
import type { Part, StructureError, Validator } from './validators.ts';

const KINDS: { readonly [K in MistakeKind]: DiagnosticKind<Mistake> } = {
  unknown: UNKNOWN_FIELD,
  missing: MISSING_FIELD,
  type: WRONG_TYPE,
  value: WRONG_VALUE,
  rule: BROKEN_RULE,
};

/**
 * Checks the structure of a document, or of a part of one in its own file, as it is written (references stay). Every
 * mistake is reported once, at its place: an error where a gateway reads, a warning elsewhere.
 */
export function checkStructure(node: Node, part: Part, validator: Validator, report: Report): void {
  const { errors, complete } = validator[part](node.value);
  const seen = new Set<string>();
  for (const error of errors) {
    const key = `${error.instancePath}\n${error.keyword}\n${JSON.stringify(error.params)}\n${error.propertyName}`;
    if (seen.has(key)) continue;
    seen.add(key);
    reportMistake(node, error, validator, report);
  }
  if (!complete) report(diagnostic(TOO_MANY_MISTAKES, node.at, { count: errors.length }));
}

function reportMistake(base: Node, error: StructureError, validator: Validator, report: Report): void {
  const found = nodeAt(base, error.instancePath);
  const { kind, message, fix } = describeMistake(error, found.value, validator);
  const read = isReadByGateway(base, error);
  const name = error.propertyName ?? error.params['field'] ?? error.params['additionalProperty'];
  const named = typeof name === 'string' ? found.child(name) : undefined;
  const side: Side = named !== undefined || (kind === 'missing' && found.at.pointer !== '') ? 'key' : 'value';
  report(
    diagnostic(
      KINDS[kind],
      (named ?? found).at,
      { message, fix, read },
      {
        side,
        severity: read ? 'error' : 'warning',
      },
    ),
  );
}
