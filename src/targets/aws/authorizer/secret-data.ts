import type { Gateway, Secret } from '../../../model/gateway.ts';
import type { SecretData } from './authorizer-data.ts';

/** Where the authorizer reads a secret: its first source that AWS holds; undefined when there is none (LANGUAGE.md §6). */
export function secretData({ sources }: Secret): SecretData | undefined {
  for (const { kind, value } of sources) {
    if (kind !== 'ssm' && kind !== 'secretsManager') continue;
    const [name = '', ...field] = value.split('#');
    return { kind, name, ...(field.length === 0 ? {} : { field: field.join('#') }) };
  }
  return undefined;
}

export function secretOf({ secrets }: Gateway, name: string): SecretData {
  const secret = secrets.find((one) => one.name === name);
  const data = secret === undefined ? undefined : secretData(secret);
  if (data === undefined) throw new Error(`the authorizer cannot read a secret ${name}`);
  return data;
}
