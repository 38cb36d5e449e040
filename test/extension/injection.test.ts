import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expressionForms } from '../../src/extension/blocks/expression.ts';
import { facets } from '../../src/extension/blocks/facets.ts';
import { root } from '../../src/extension/blocks/root.ts';
import type { Shape } from '../../src/extension/shape.ts';
import { nodeOf } from '../../src/source/node.ts';
import { facetsOf, rootOf } from './read-block.ts';

/** Every shape below that reads a text, with an example of one. */
function textsOf(
  shape: Shape<unknown>,
): readonly { label: string; example: string; shape: Shape<unknown> }[] {
  const { form, label } = shape;
  switch (form.kind) {
    case 'scalar':
      return form.written === undefined ? [] : [{ label, example: form.written.example, shape }];
    case 'list':
      return textsOf(form.item);
    case 'map':
      return textsOf(form.value);
    case 'record':
      return Object.values(form.fields).flatMap((field) => textsOf(field.shape));
  }
}

const texts = [root, facets, ...expressionForms()].flatMap(textsOf);

const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i));
const controls = [
  ...range(0x00, 0x1f),
  ...range(0x7f, 0x9f),
  '\u2028',
  '\u2029',
  '\u202e',
  '\ufeff',
  '\ud800',
];
const special = ['"', "'", '`', ';', '{', '}', '$', '#', '\\'];

/** Texts in which such characters are words of people or of HTTP; they never reach a configuration unquoted. */
const mayHold: Readonly<Record<string, readonly string[]>> = {
  reason: special,
  expression: special,
  audience: special,
  role: special,
  group: special,
  'distinguished name': ["'", '`', '{', '}', '$', '#'],
  text: special,
  'header value': special,
  scope: ["'", '`', ';', '{', '}', '$', '#'],
};

const accepts = (shape: Shape<unknown>, value: string): boolean =>
  shape.read(nodeOf(value, { file: 'a', pointer: '/x' }), () => {}) !== undefined;

describe('no text can carry a character that configuration gives a meaning', () => {
  test.each(texts)('$label, as in $example', ({ label, example, shape }) => {
    expect(accepts(shape, example)).toBe(true);
    for (const character of controls) {
      expect(accepts(shape, example + character), JSON.stringify(example + character)).toBe(false);
      expect(accepts(shape, character + example), JSON.stringify(character + example)).toBe(false);
      const inside = example.slice(0, 1) + character + example.slice(1);
      expect(accepts(shape, inside), JSON.stringify(inside)).toBe(false);
    }
    for (const character of special.filter((one) => !mayHold[label]?.includes(one))) {
      expect(accepts(shape, example + character), example + character).toBe(false);
      expect(accepts(shape, character + example), character + example).toBe(false);
    }
  });

  test.each(texts)('$label: no substitution but the name of the environment', ({ example, shape }) => {
    for (const text of ['{request_uri}', '{env.name}', '{', '{env.name }', '{ENV}']) {
      expect(accepts(shape, `${example}$${text}`)).toBe(false);
    }
  });

  test('any text in any place is read or reported, never both, never thrown', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.string({ unit: 'binary', maxLength: 40 }),
        ({ shape }, value) => {
          let reported = 0;
          const read = shape.read(nodeOf(value, { file: 'a', pointer: '/x' }), () => {
            reported++;
          });
          expect(reported).toBe(read === undefined ? 1 : 0);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('no name of a map can carry one either', () => {
  const names: readonly (readonly [string, string, (name: string) => { block: unknown }])[] = [
    ['back end', 'orders', (name) => rootOf({ backends: { [name]: { url: 'http://a.example' } } })],
    ['policy', 'owner', (name) => rootOf({ policies: { [name]: 'admin' } })],
    ['secret', 'key', (name) => rootOf({ secrets: { [name]: { env: 'KEY' } } })],
    ['environment', 'prod', (name) => rootOf({ environments: { [name]: {} } })],
    [
      'authenticator',
      'user',
      (name) =>
        rootOf({
          authenticators: {
            [name]: { issuer: 'https://a.example', audiences: ['a'], jwks: { file: 'a.json' } },
          },
        }),
    ],
    ['header', 'X-A', (name) => facetsOf({ response: { setHeaders: { [name]: 'x' } } })],
    ['waiver', 'timeout', (name) => facetsOf({ targets: { nginx: { accept: { [name]: 'a reason' } } } })],
  ];

  test.each(names)('name of one %s', (_, example, read) => {
    expect(read(example).block).toBeDefined();
    for (const character of [...controls, ...special, ' ', '/', `\${env.name}`]) {
      expect(read(example + character).block, JSON.stringify(example + character)).toBeUndefined();
      expect(read(character + example).block, JSON.stringify(character + example)).toBeUndefined();
    }
    for (const path of ['.', '..', `../${example}`, `.${example}`, ''])
      expect(read(path).block, path).toBeUndefined();
  });
});
