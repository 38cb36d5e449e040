import { diagnostic, type Report } from '../diagnostics/diagnostic.ts';
import type { Node } from '../source/node.ts';
import { noEnvironment, unknownSubstitution, wrongName, wrongValue } from './diagnostics.ts';
import { quote, withArticle } from './kind.ts';
import type { JsonSchema, Shape } from './shape.ts';
import { subjectOf } from './subject.ts';
import { reportWrongKind } from './wrong-kind.ts';

/** What a text means, or why it means nothing: `problem` completes "…, which …", `fix` is a sentence. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string; readonly fix?: string };

export interface TextFormat<T> {
  readonly label: string;
  /** Source of a regular expression (`u` flag) for the whole text; anchored by `text`. */
  readonly pattern: string;
  /** What the pattern allows, as a clause: `digits and a unit (ms, s, m, h or d)`. */
  readonly allows: string;
  readonly example: string;
  /** In UTF-16 units. */
  readonly maxLength?: number;
  readonly parse: (text: string) => Parsed<T>;
}

/** The name of the environment, the only substitution of the language. */
export const SUBSTITUTION = `\${env.name}`;

const MAX_LENGTH = 2048;

/**
 * Never part of a value: C0, C1 and DEL, line and paragraph separators, bidirectional controls (CVE-2021-42574), byte
 * order marks, unpaired surrogates. Every text is checked against it before its own pattern (CVE-2024-7646 is why).
 */
const FORBIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Surrogate}/u;

/** The same as source of a character class of what may stand in a text, for patterns. */
export const PRINTABLE =
  '[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff]';

/** A text that is parsed to a value at once; what does not parse is reported with an example. */
export function text<T>(format: TextFormat<T>): Shape<T> {
  return {
    label: format.label,
    kinds: ['text'],
    form: { kind: 'scalar', written: { allows: format.allows, example: format.example } },
    schema: textSchema(format),
    read: (node, report) => readText(node, format, report),
  };
}

function textSchema<T>(format: TextFormat<T>): JsonSchema {
  return {
    type: 'string',
    pattern: `^(?:${format.pattern})$|\\$\\{env\\.name\\}`,
    maxLength: format.maxLength ?? MAX_LENGTH,
    examples: [format.example],
  };
}

function readText<T>(node: Node, format: TextFormat<T>, report: Report): T | undefined {
  const { value } = node;
  if (typeof value !== 'string') {
    return reportWrongKind(node, `${withArticle(format.label)} such as ${quote(format.example)}`, report, {
      fix: fixOf(format),
      quotable: (word) => matcherOf(format).test(word),
    });
  }
  const subject = subjectOf(node.at);
  const left = /\$\{[^}]*\}?/.exec(value)?.[0];
  if (left !== undefined) {
    report(
      left === SUBSTITUTION
        ? diagnostic(noEnvironment, node.at, { subject })
        : diagnostic(unknownSubstitution, node.at, { subject, text: quote(left) }),
    );
    return undefined;
  }
  const parsed = parseText(value, format);
  if ('value' in parsed) return parsed.value;
  const fix = parsed.fix ?? fixOf(format);
  report(diagnostic(wrongValue, node.at, { subject, value: quote(value), problem: parsed.problem, fix }));
  return undefined;
}

function fixOf<T>(format: TextFormat<T>): string {
  return `Write ${format.allows}, for example ${quote(format.example)}.`;
}

function parseText<T>(value: string, format: TextFormat<T>): Parsed<T> {
  if (/[^\n]\n$/.test(value)) {
    return {
      problem: 'ends with a line break',
      fix: 'Write it on one line, or with the block marks >- or |-.',
    };
  }
  if (FORBIDDEN.test(value)) {
    return { problem: 'contains a control character or an invisible direction mark' };
  }
  const longest = format.maxLength ?? MAX_LENGTH;
  if (value.length > longest) return { problem: `is longer than ${longest} characters` };
  if (!matcherOf(format).test(value)) {
    return { problem: `is not ${withArticle(format.label)}` };
  }
  return format.parse(value);
}

const matchers = new WeakMap<object, RegExp>();

/** Compiled on first use: most formats are never met in one run. */
function matcherOf<T>(format: TextFormat<T>): RegExp {
  const known = matchers.get(format);
  if (known !== undefined) return known;
  const matcher = new RegExp(`^(?:${format.pattern})$`, 'u');
  matchers.set(format, matcher);
  return matcher;
}

/** Checks the key of a map; the finding is about the key, not its value. */
export function readKey<T>(
  key: string,
  node: Node,
  owner: Node,
  format: TextFormat<T>,
  report: Report,
): T | undefined {
  const parsed = parseText(key, format);
  if ('value' in parsed) return parsed.value;
  const facts = {
    name: quote(key),
    subject: subjectOf(owner.at),
    problem: parsed.problem,
    fix: parsed.fix ?? fixOf(format),
  };
  report(diagnostic(wrongName, node.at, facts, { side: 'key' }));
  return undefined;
}
