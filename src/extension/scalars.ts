import { diagnostic } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { notInThisVersion, wrongValue } from './diagnostics.ts';
import { kindOf, quote } from './kind.ts';
import { type Shape, scalar } from './shape.ts';
import { subjectOf } from './subject.ts';
import { reportWrongKind } from './wrong-kind.ts';

type Scalar = string | number | boolean;

/**
 * Exactly one of some texts. `later`: words of the language that this version does not have yet; one that ends with a
 * colon stands for every word that begins with it.
 */
export function oneOf<const T extends string>(values: readonly T[], later: readonly string[] = []): Shape<T> {
  const label = values.map((value) => `\`${value}\``).join(', ');
  const expected = values.length === 1 ? quote(values[0] ?? '') : `one of ${values.map(quote).join(', ')}`;
  return {
    label,
    kinds: ['text'],
    form: scalar,
    schema: { enum: values },
    read: (node, report) => {
      const { value } = node;
      if (typeof value !== 'string') {
        return reportWrongKind(node, expected, report, {
          quotable: (word) => values.some((known) => known === word),
        });
      }
      const found = values.find((known) => known === value);
      if (found !== undefined) return found;
      if (later.some((word) => word === value || (word.endsWith(':') && value.startsWith(word)))) {
        const facts = { what: quote(value), where: subjectOf(node.at), fix: `Write ${expected}.` };
        report(diagnostic(notInThisVersion, node.at, facts));
        return undefined;
      }
      const near = suggest(value, values);
      const fix =
        near === undefined ? `Write ${expected}.` : `Did you mean ${quote(near)}? Write ${expected}.`;
      const problem = `is not ${expected}`;
      report(
        diagnostic(wrongValue, node.at, { subject: subjectOf(node.at), value: quote(value), problem, fix }),
      );
      return undefined;
    },
  };
}

/** `true` or `false`. `yes`, `no`, `on` and `off` are texts in YAML 1.2 and get a hint. */
export const boolean: Shape<boolean> = {
  label: '`true` or `false`',
  kinds: ['boolean'],
  form: scalar,
  schema: { type: 'boolean' },
  read: (node, report) => {
    if (typeof node.value === 'boolean') return node.value;
    const meant = truthOf(node.value);
    const advice =
      meant === undefined ? {} : { fix: `Write ${meant}, without quotes: YAML takes it for a text.` };
    return reportWrongKind(node, 'true or false', report, advice);
  },
};

function truthOf(value: unknown): boolean | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^(?:yes|y|on|true)$/i.test(value)) return true;
  return /^(?:no|n|off|false)$/i.test(value) ? false : undefined;
}

/** A whole number within inclusive bounds. */
export function integer(min: number, max: number): Shape<number> {
  const label = `whole number from ${min} to ${max}`;
  return {
    label,
    kinds: ['number'],
    form: scalar,
    schema: { type: 'integer', minimum: min, maximum: max },
    read: (node, report) => {
      const { value } = node;
      if (typeof value !== 'number') return reportWrongKind(node, `a ${label}`, report);
      if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
      const facts = {
        subject: subjectOf(node.at),
        value: String(value),
        problem: `is not a ${label}`,
        fix: `Write a ${label}.`,
      };
      report(diagnostic(wrongValue, node.at, facts));
      return undefined;
    },
  };
}

/** One single value. `expected` names the alternatives where it is a branch of a union. */
export function constant<const T extends Scalar>(
  only: T,
  expected = typeof only === 'string' ? quote(only) : `${String(only)} (without quotes)`,
): Shape<T> {
  const kind = kindOf(only);
  return {
    label: `\`${String(only)}\``,
    kinds: [kind],
    form: scalar,
    schema: { const: only },
    read: (node, report) => {
      if (node.value === only) return only;
      if (kindOf(node.value) !== kind) return reportWrongKind(node, expected, report);
      const facts = {
        subject: subjectOf(node.at),
        value: kind === 'text' ? quote(String(node.value)) : String(node.value),
        problem: `is not ${expected}`,
        fix: `Write ${expected}.`,
      };
      report(diagnostic(wrongValue, node.at, facts));
      return undefined;
    },
  };
}
