import type { Diagnostic, Place } from './diagnostic.ts';
import { type Locate, positionOf } from './order.ts';

/** Version of the JSON format below; a field is only ever added within a version. */
const FORMAT = 1;

/**
 * Diagnostics for programs: `{ format: 1, diagnostics: [{ code, severity, message, consequence, fix, target?, file?,
 * line?, column?, pointer?, related: [{ message, file, line?, column?, pointer? }] }] }`. Lines and columns are 1-based,
 * columns count UTF-16 units.
 */
export function printJson(found: readonly Diagnostic[], locate: Locate): string {
  const diagnostics = found.map((one) => ({
    code: one.code,
    severity: one.severity,
    message: one.message,
    consequence: one.consequence,
    fix: one.fix,
    ...(one.target === undefined ? {} : { target: one.target }),
    ...place(one.at, locate),
    related: one.related.map((other) => ({ message: other.message, ...place(other.at, locate) })),
  }));
  return `${JSON.stringify({ format: FORMAT, diagnostics }, undefined, 2)}\n`;
}

function place(at: Place | undefined, locate: Locate): Record<string, string | number> {
  if (at === undefined) return {};
  const { file, line, column } = positionOf(at, locate);
  return {
    file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...('pointer' in at ? { pointer: at.pointer } : {}),
  };
}
