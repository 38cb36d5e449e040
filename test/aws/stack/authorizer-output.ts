import { isRecord, type JsonRecord } from './json.ts';
import { FunctionFailure } from './lambda-runtime.ts';

export interface AuthorizerOutput {
  readonly principalId: string;
  readonly policyDocument: JsonRecord;
  /** Values as text, which is how they reach mappings. */
  readonly context: Readonly<Record<string, string>>;
  readonly usageIdentifierKey: string | undefined;
}

/**
 * API Gateway Developer Guide, "Output from an API Gateway Lambda authorizer": a principal, a policy, and a context of
 * texts, numbers and booleans; a list or an object there makes the whole output invalid.
 */
export function readAuthorizerOutput(value: unknown): AuthorizerOutput {
  const malformed = (what: string): FunctionFailure => new FunctionFailure(`the output has no valid ${what}`);
  if (!isRecord(value)) throw malformed('form');
  const { context = {}, policyDocument, principalId, usageIdentifierKey } = value;
  if (typeof principalId !== 'string') throw malformed('principalId');
  if (!isRecord(policyDocument) || policyDocument['Version'] !== '2012-10-17')
    throw malformed('policyDocument');
  if (!Array.isArray(policyDocument['Statement'])) throw malformed('Statement');
  if (!isRecord(context)) throw malformed('context');
  const texts = Object.entries(context).map(([name, one]) => {
    if (!['string', 'number', 'boolean'].includes(typeof one)) throw malformed(`context.${name}`);
    return [name, String(one)];
  });
  return {
    principalId,
    policyDocument,
    context: Object.fromEntries(texts),
    usageIdentifierKey: typeof usageIdentifierKey === 'string' ? usageIdentifierKey : undefined,
  };
}
