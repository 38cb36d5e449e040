import { createHash } from 'node:crypto';
import type { ExternalCall } from '../../../model/policy.ts';

/** What one location of the verifier needs in order to hand questions to a service. */
export type ExternalService = Pick<ExternalCall, 'backend' | 'path' | 'timeoutMs'>;

/** The location of the verifier for a service; equal services share one. */
export function externalLocation({ backend, path, timeoutMs }: ExternalService): string {
  const identity = JSON.stringify([backend, path, timeoutMs]);
  return `/external/${createHash('sha256').update(identity).digest('hex').slice(0, 16)}`;
}
