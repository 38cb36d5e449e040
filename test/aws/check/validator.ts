import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';
import type { Finding } from './finding.ts';

/** AWS's validator of templates: schemas of resources and the rules of cfn-lint. Starting it takes seconds. */
export interface Validator {
  /** Warnings and worse about one file. */
  readonly check: (path: string) => readonly Finding[];
  readonly free: () => void;
}

export function startValidator(): Validator {
  const engine = new CelEngine();
  return {
    check: (path) =>
      engine
        .validateStandard(new TemplateFile(path), { severityLevel: 'WARN' })
        .diagnostics.map(({ entity, message, propertyPath, ruleId }) => ({
          rule: ruleId,
          resource: entity?.logicalId ?? '',
          message: `${message}${propertyPath === undefined ? '' : ` (${propertyPath})`}`,
        })),
    free: () => engine.free(),
  };
}
