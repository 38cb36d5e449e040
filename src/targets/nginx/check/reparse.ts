import type { Gateway } from '../../../model/gateway.ts';
import type { Artifact } from '../../target.ts';
import { checkKeySets } from './check-key-sets.ts';
import { checkOperations } from './check-operations.ts';
import { checkServers } from './check-servers.ts';
import { checkServices } from './check-services.ts';
import { readBack } from './read-back.ts';

/** Reads the emitted configuration back as nginx would, and compares it with the model it was made from. */
export function reparse(gateway: Gateway, artifacts: readonly Artifact[]): readonly string[] {
  const { files, differences } = readBack(artifacts);
  if (differences.length > 0) return differences;
  return [
    ...checkOperations(gateway, files),
    ...checkServers(gateway, files),
    ...checkServices(gateway, files),
    ...checkKeySets(gateway, files),
  ];
}
