import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Piece, quoted, template, text } from '../../src/targets/aws/terraform/hcl.ts';
import { evaluated } from './evaluated.ts';

const known: Readonly<Record<string, string>> = { 'var.a': 'A', 'local.b': '${"B"}' };

/** Text that comes as near to syntax as it can. */
const hostile = fc
  .array(
    fc.constantFrom(
      '$',
      '{',
      '}',
      '%',
      '${',
      '%{',
      '$${',
      '%%{',
      '"',
      '\\',
      '\n',
      '\u0000',
      'é',
      '😀',
      'var.a',
      ' if ',
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const pieces = fc.array(
  fc.oneof(
    hostile.map((one): Piece => ({ text: one })),
    fc.constantFrom(...Object.keys(known)).map((expression): Piece => ({ expression })),
  ),
  { maxLength: 6 },
);

const meant = (list: readonly Piece[]): string =>
  list.map((piece) => ('text' in piece ? piece.text : known[piece.expression])).join('');

describe('text of a document stays text', () => {
  test('in a string of the JSON syntax, whatever stands beside it', () => {
    fc.assert(fc.property(pieces, (list) => evaluated(template(list), known) === meant(list)));
  });

  test('between quotation marks inside an expression', () => {
    fc.assert(
      fc.property(
        pieces,
        (list) => evaluated(template([{ expression: quoted(list) }]), known) === meant(list),
      ),
    );
  });

  test('as people would write it', () => {
    expect(template(text('$context.requestId'))).toBe('$context.requestId');
    expect(template(text('${stageVariables.x} %{ if true }'))).toBe('$${stageVariables.x} %%{ if true }');
    expect(template([{ text: 'arn:' }, { expression: 'var.a' }])).toBe('arn:${var.a}');
  });

  test('or is refused, where Terraform would change it', () => {
    expect(() => template(text('e\u0301'))).toThrow(/normal form C/);
    expect(() => template(text('\ud800'))).toThrow(RangeError);
  });
});
