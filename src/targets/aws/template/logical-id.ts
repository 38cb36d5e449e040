import { createHash } from 'node:crypto';
import type { PlannedApi } from '../plan.ts';

/** What there is once for each API. */
type PerApi = 'RestApi' | 'Stage' | 'WebAclAssociation';

export function idOf(kind: PerApi, { suffix }: Pick<PlannedApi, 'suffix'>): string {
  return `${kind}${suffix}`;
}

/** A name of the document behind a logical id, which is alphanumeric: `api.example.com` is `ApiExampleCom`. */
export function idFor(prefix: string, name: string): string {
  const readable = name
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
  return isReversible(name) ? prefix + readable : prefix + readable + digest(name);
}

/** Lower-case letters and digits in parts that dots divide and letters begin: capitals then show where the dots were. */
function isReversible(name: string): boolean {
  return /^[a-z][a-z0-9]*(\.[a-z][a-z0-9]*)*$/.test(name);
}

function digest(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 8);
}
