import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { Sourced } from '../model/origin.ts';
import { repeated, wrongValue } from './diagnostics.ts';
import { kindOf, quote } from './kind.ts';
import type { Shape } from './shape.ts';
import { subjectOf } from './subject.ts';
import { readKey, type TextFormat } from './text.ts';
import { reportWrongKind } from './wrong-kind.ts';

export interface ListRules<T> {
  /** Fewest items, default 0. */
  readonly min?: number;
  /** Two items with the same identity are a mistake. */
  readonly identity?: (item: T) => string;
}

export function list<T>(item: Shape<T>, rules: ListRules<T> = {}): Shape<readonly Sourced<T>[]> {
  const min = rules.min ?? 0;
  const label = `list of ${item.form.kind === 'record' ? 'objects' : item.label}`;
  return {
    label,
    kinds: ['list'],
    form: { kind: 'list', item },
    schema: { type: 'array', items: item.schema, ...(min === 0 ? {} : { minItems: min }) },
    read: (node, report) => {
      if (kindOf(node.value) !== 'list') {
        return reportWrongKind(node, `a ${label}`, report, {
          fix: 'Write a list in brackets, also for one item: [item].',
        });
      }
      const items: Sourced<T>[] = [];
      const seen = new Set<string>();
      const entries = node.entries();
      let whole = entries.length >= min;
      if (!whole) {
        const facts = {
          subject: subjectOf(node.at),
          value: '[]',
          problem: `needs at least ${min} item${min === 1 ? '' : 's'}`,
          fix: 'Add an item, or remove the field.',
        };
        report(diagnostic(wrongValue, node.at, facts));
      }
      for (const [, child] of entries) {
        const value = item.read(child, report);
        if (value === undefined) {
          whole = false;
          continue;
        }
        const identity = rules.identity?.(value);
        if (identity !== undefined && seen.has(identity)) {
          report(diagnostic(repeated, child.at, { subject: subjectOf(node.at), value: quote(identity) }));
          whole = false;
        }
        if (identity !== undefined) seen.add(identity);
        items.push({ value, at: child.at });
      }
      return whole ? items : undefined;
    },
  };
}

export interface MapRules {
  readonly min?: number;
}

/** An object whose keys are names: two keys of the same meaning (header names without case) are a mistake. */
export function map<T>(
  key: TextFormat<string>,
  value: Shape<T>,
  rules: MapRules = {},
): Shape<ReadonlyMap<string, Sourced<T>>> {
  const label = `map of ${key.label} to ${value.label}`;
  const min = rules.min ?? 0;
  return {
    label,
    kinds: ['object'],
    form: { kind: 'map', key: key.label, value },
    schema: {
      type: 'object',
      propertyNames: { pattern: `^(?:${key.pattern})$` },
      additionalProperties: value.schema,
      ...(min === 0 ? {} : { minProperties: min }),
    },
    read: (node, report) => {
      if (kindOf(node.value) !== 'object') return reportWrongKind(node, `a ${label}`, report);
      const entries = node.entries();
      let whole = entries.length >= min;
      if (!whole) {
        const facts = {
          subject: subjectOf(node.at),
          value: '{}',
          problem: `needs at least ${min} ${key.label}`,
          fix: `Add ${min === 1 ? 'one' : 'them'}, or remove the field.`,
        };
        report(diagnostic(wrongValue, node.at, facts));
      }
      const result = new Map<string, Sourced<T>>();
      const seen = new Set<string>();
      for (const [name, child] of entries) {
        const meaning = readKey(name, child, node, key, report);
        const read = value.read(child, report);
        if (meaning !== undefined && seen.has(meaning)) {
          report(
            diagnostic(
              repeated,
              child.at,
              { subject: subjectOf(node.at), value: quote(name) },
              { side: 'key' },
            ),
          );
          whole = false;
        }
        if (meaning === undefined || read === undefined) whole = false;
        else result.set(name, { value: read, at: child.at });
        if (meaning !== undefined) seen.add(meaning);
      }
      return whole ? result : undefined;
    },
  };
}
