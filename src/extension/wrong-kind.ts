import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import type { Node } from '../source/node.ts';
import { wrongKind } from './diagnostics.ts';
import { describeValue, kindOf } from './kind.ts';
import type { Shape } from './shape.ts';
import { subjectOf } from './subject.ts';

interface Advice {
  /** What to write, when `expected` alone does not say it. */
  readonly fix?: string;
  /** Whether a text would be right: then YAML made something else of a word without quotes. */
  readonly quotable?: (text: string) => boolean;
}

/** Reports a value of the wrong kind. */
export function reportWrongKind(
  node: Node,
  expected: string,
  report: Report,
  advice: Advice = {},
): undefined {
  report(
    diagnostic(wrongKind, node.at, {
      subject: subjectOf(node.at),
      expected,
      found: describeValue(node.value),
      fix: fixFor(node.value, expected, advice),
    }),
  );
  return undefined;
}

function fixFor(value: unknown, expected: string, advice: Advice): string {
  if (value === null) return `Write the value (${expected}), or remove the field.`;
  const word = wordOf(value);
  if (word !== undefined && advice.quotable?.(word) === true) {
    return 'Put the value in quotes: without them YAML reads a number, a truth value or a date (1.10 becomes 1.1).';
  }
  return advice.fix ?? `Write ${expected}.`;
}

/** The text that a scalar could have been. */
function wordOf(value: unknown): string | undefined {
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? undefined : value.toISOString().slice(0, 10);
  const kind = kindOf(value);
  return kind === 'number' || kind === 'boolean' ? String(value) : undefined;
}

/** An object in whose place a secret may have been written: such a value is repeated in no message and no code frame. */
export function confidential<T>(shape: Shape<T>, expected: string, fix: string): Shape<T> {
  return {
    ...shape,
    read: (node, reportShown) => {
      const report: Report = (found) => reportShown({ ...found, confidential: true });
      const kind = kindOf(node.value);
      if (kind === 'object') return shape.read(node, report);
      const found = kind === 'null' ? 'nothing' : 'a value of its own';
      report(diagnostic(wrongKind, node.at, { subject: subjectOf(node.at), expected, found, fix }));
      return undefined;
    },
  };
}
