import type { Stage } from './deployed.ts';

/** Text with `${stageVariables.x}` replaced (API Gateway Developer Guide, "API Gateway stage variables reference"). */
export function withStageVariables(text: string, { variables }: Stage): string {
  return text.replace(
    /\$\{stageVariables\.([A-Za-z0-9_]+)\}/g,
    (_, name: string) => variables.get(name) ?? '',
  );
}
