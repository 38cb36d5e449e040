import type { Node } from '../../../source/node.ts';
import { type Entry, field } from '../draft-entry.ts';
import { commentText } from '../yaml-text.ts';
import { entriesOf, type Findings, flagOf, textOf } from './findings.ts';

/** What a request validator checks. */
export interface Validation {
  readonly params: boolean;
  readonly body: boolean;
}

export const UNCHECKED: Validation = { params: false, body: false };

/** Reads `x-amazon-apigateway-request-validators`: what each name checks. */
export function readValidators(node: Node | undefined, findings: Findings): ReadonlyMap<string, Validation> {
  return new Map(
    entriesOf(node, 'a map of request validators', findings).map(([name, validator]) => [
      name,
      {
        params:
          flagOf(validator.child('validateRequestParameters'), 'validateRequestParameters', findings) ===
          true,
        body: flagOf(validator.child('validateRequestBody'), 'validateRequestBody', findings) === true,
      },
    ]),
  );
}

/** What the validator that a document or an operation names checks; undefined where it names none. */
export function namedValidation(
  node: Node | undefined,
  validators: ReadonlyMap<string, Validation>,
  findings: Findings,
): Validation | undefined {
  const name = textOf(node, 'the name of a request validator', findings);
  if (node === undefined || name === undefined) return undefined;
  const known = validators.get(name);
  if (known === undefined) {
    findings.lose(
      node,
      `The request validator ${commentText(name)} is not declared, so nobody knows what it checks: write validate: {params: enforce, body: enforce}`,
    );
  }
  return known;
}

/** `validate`, where there is something to check. */
export function validateFacet({ params, body }: Validation, ...why: readonly string[]): readonly Entry[] {
  if (!params && !body) return [];
  const checks = { ...(params ? { params: 'enforce' } : {}), ...(body ? { body: 'enforce' } : {}) };
  return [field('validate', checks, ...why)];
}

/** Whether one checks all that the other checks: guards of a level may only add to those above it. */
export function isAtLeast(one: Validation, other: Validation): boolean {
  return (one.params || !other.params) && (one.body || !other.body);
}
