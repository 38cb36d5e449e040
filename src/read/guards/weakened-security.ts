import type { Sourced } from '../../model/origin.ts';
import type {
  ApiDocument,
  OperationItem,
  SecurityRequirement,
  SecurityScheme,
} from '../../openapi/document.ts';
import type { Weakening } from './weakened-facets.ts';

type Security = Sourced<readonly SecurityRequirement[]> | undefined;

/** The `security` that holds for an operation: its own, else that of its document. */
export function securityOf(api: ApiDocument, operation: OperationItem): Security {
  return operation.security ?? api.security;
}

/** Whether nobody has to show a credential: an empty list, or an alternative that demands nothing. */
export function isOpen(security: Security): boolean {
  return security !== undefined && (security.value.length === 0 || security.value.some(isEmpty));
}

/**
 * How a `security` lets more callers in than another, as a clause. Every alternative must demand at least what one of
 * the base demands: the same schemes first (the first one tells who calls), with all of their scopes. An absent list is
 * an error of its own.
 */
export function weakenedSecurity(before: Security, after: Security): string | undefined {
  if (after === undefined || before === after) return undefined;
  if (isOpen(after) && !isOpen(before)) return 'serves requests without a credential';
  if (before === undefined) return undefined;
  if (after.value.every(isEmpty)) {
    return before.value.every(isEmpty) ? undefined : 'no longer looks at credentials';
  }
  if (before.value.every(isEmpty)) return undefined;
  const known = before.value.filter((one) => !isEmpty(one));
  const added = after.value.some((one) => !isEmpty(one) && !known.some((base) => demands(one, base)));
  return added ? 'accepts credentials that were not enough' : undefined;
}

function isEmpty({ schemes }: SecurityRequirement): boolean {
  return schemes.length === 0;
}

function demands({ schemes }: SecurityRequirement, base: SecurityRequirement): boolean {
  return base.schemes.every(({ name, scopes }, index) => {
    const same = schemes[index];
    return same?.name === name && scopes.every((scope) => same.scopes.includes(scope));
  });
}

/** Security schemes of a document whose credential is read from another place of requests. */
export function weakenedSchemes(before: ApiDocument, after: ApiDocument): readonly Weakening[] {
  if (before === after) return [];
  return [...after.schemes].flatMap(([name, scheme]) => {
    const base = before.schemes.get(name);
    if (base === undefined || placeOf(base) === placeOf(scheme)) return [];
    const guard = `the security scheme ${name}`;
    return [{ guard, how: 'takes the credential from another place', at: scheme.at, was: base.at }];
  });
}

function placeOf({ type, place }: SecurityScheme): string {
  if (type === 'mutualTLS') return type;
  return type === 'apiKey' && place !== undefined
    ? `${place.in} ${place.in === 'header' ? place.name.toLowerCase() : place.name}`
    : 'header authorization';
}
