import type { AuthorizerData } from './authorizer-data.ts';

/** Two documents of an issuer, and both again for a key that is unknown (templates/aws/authorizer/key-sets.js). */
const keySetMs = 4 * 4000;
const secretMs = 3000;
/** A start, and a decision. */
const ownSeconds = 5;
/** API Gateway waits no longer for an answer of an integration, and for that of an authorizer (Developer Guide, "Quotas"). */
const longestSeconds = 29;

/** `Timeout` of the function, in seconds: what may be asked one after another, and a start. */
export function timeLimitSeconds({ keySets, secrets, services }: AuthorizerData): number {
  const askedMs = services.reduce((sum, { timeoutMs }) => sum + timeoutMs, 0);
  const readMs = (keySets.length > 0 ? keySetMs : 0) + (secrets.length > 0 ? secretMs : 0);
  return Math.min(longestSeconds, ownSeconds + Math.ceil((askedMs + readMs) / 1000));
}
