import type { SecretSource } from '../../../model/gateway.ts';
import { type Json, literal, sub } from './cloudformation.ts';

/** Whether AWS has the secret; the other places are on machines of their own. */
export function isDeliverable({ kind }: SecretSource): boolean {
  return kind === 'ssm' || kind === 'secretsManager';
}

/**
 * ARN that a policy names the secret by. Secrets Manager ends its ARNs with a hyphen and six characters (Secrets Manager
 * User Guide, "What's in a Secrets Manager secret?"); a member of a JSON secret (`name#member`) is no part of the name.
 */
export function secretArn({ kind, value }: SecretSource): Json {
  const [name = ''] = value.split('#');
  if (name.startsWith('arn:')) return name;
  return kind === 'ssm'
    ? sub(`${ofAccount('ssm')}:parameter/${literal(name.replace(/^\//, ''))}`)
    : sub(`${ofAccount('secretsmanager')}:secret:${literal(name)}-??????`);
}

function ofAccount(service: string): string {
  return `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}`;
}
