import type { Handler, Policy } from './running-authorizer.ts';

/** What API Gateway makes of an answer (API Gateway Developer Guide, "Gateway response types for API Gateway"). */
export type Outcome =
  | {
      readonly kind: 'allow' | 'deny';
      readonly context: Readonly<Record<string, string>>;
      readonly principal: string;
    }
  /** 401 */
  | { readonly kind: 'unauthorized' }
  /** 503 */
  | { readonly kind: 'failure'; readonly message: string };

/** Asks the authorizer of a REST API. */
export async function outcomeOf(handler: Handler, event: object): Promise<Outcome> {
  try {
    // Lambda hands over and takes back JSON.
    const answer = JSON.parse(JSON.stringify(await handler(JSON.parse(JSON.stringify(event))))) as Policy;
    const [statement, ...others] = answer.policyDocument.Statement;
    if (statement === undefined || others.length > 0) throw new Error('not one statement');
    if (statement.Resource !== 'arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/live/*')
      throw new Error(`a policy about ${statement.Resource}`);
    for (const [name, value] of Object.entries(answer.context))
      if (typeof value !== 'string') throw new Error(`the context has no text ${name}`);
    const kind = statement.Effect === 'Allow' ? 'allow' : 'deny';
    return { kind, context: answer.context, principal: answer.principalId };
  } catch (error) {
    return failed(error as Error);
  }
}

/** Asks the authorizer of an HTTP API, which answers in the simple format. */
export async function httpOutcomeOf(handler: Handler, event: object): Promise<Outcome> {
  try {
    const answer = JSON.parse(JSON.stringify(await handler(JSON.parse(JSON.stringify(event))))) as {
      readonly isAuthorized: boolean;
      readonly context: Readonly<Record<string, string>>;
    };
    return { kind: answer.isAuthorized ? 'allow' : 'deny', context: answer.context, principal: '' };
  } catch (error) {
    return failed(error as Error);
  }
}

function failed({ message }: Error): Outcome {
  return message === 'Unauthorized' ? { kind: 'unauthorized' } : { kind: 'failure', message };
}
