import { readFileSync } from 'node:fs';
import type { Finding } from './check/finding.ts';
import { checkByGuard, guardProgram } from './check/guard.ts';
import { checkPermissions } from './check/permissions.ts';
import { startSpecification } from './check/service-spec.ts';
import { startValidator } from './check/validator.ts';
import { recordOf } from './stack/json.ts';

/** Three opinions of a template; none of them looks inside `Body`. Starting takes seconds: once for each file of tests. */
export interface TemplateCheckers {
  readonly check: (path: string) => readonly Finding[];
  /** Why a checker does not run here. */
  readonly absent: string | undefined;
  readonly free: () => void;
}

export function startTemplateCheckers(): TemplateCheckers {
  const validator = startValidator();
  const specification = startSpecification();
  const guard = guardProgram();
  return {
    check: (path) => {
      const template = recordOf(JSON.parse(readFileSync(path, 'utf8')), path);
      return [
        ...validator.check(path),
        ...specification(template),
        ...checkPermissions(template),
        ...(guard === undefined ? [] : checkByGuard(guard, path)),
      ];
    },
    absent:
      guard === undefined ? `cfn-guard has no program for ${process.platform} ${process.arch}` : undefined,
    free: validator.free,
  };
}
