import type { Gateway, Operation } from '../../model/gateway.ts';

/** Whether AWS IAM decides about an operation by the signature of requests, alone. */
export function isSigned({ features }: Operation, { authenticators }: Gateway): boolean {
  const { value } = features.authentication;
  if (value.kind === 'public') return false;
  const names = new Set(value.anyOf.flat().map(({ authenticator }) => authenticator));
  return authenticators.some(({ name, kind }) => kind === 'sigv4' && names.has(name));
}
