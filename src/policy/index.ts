export { checkExpression } from './check-expression.ts';
export { claimAt, heldScopes, isList, type JsonObject, type JsonValue, scalarText } from './claims.ts';
export { evaluate, type PolicyInputs } from './evaluate.ts';
export type { PolicyBlock } from './expression-block.ts';
export { withMethod } from './fold.ts';
export { type IpAddress, inIpRange, parseIpAddress, printIpAddress } from './ip-address.ts';
export { printExpression } from './print-expression.ts';
export { type Policies, parseAuthorize, resolvePolicies } from './resolve-policies.ts';
