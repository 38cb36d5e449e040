import type { Gateway } from '../../model/gateway.ts';

/** Name of the stage: what the document says, else the environment's, else `live`. */
export function stageName({ targets, environment }: Gateway): string {
  const stated = targets.aws.stage?.value;
  if (stated !== undefined) return stated;
  return (environment ?? 'live').replace(/[^A-Za-z0-9_-]/g, '-');
}
