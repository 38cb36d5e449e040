import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { CORE_SCHEMA, load } from 'js-yaml';
import { afterAll, describe, expect, test } from 'vitest';
import { loadGateway } from '../../src/commands/load.ts';
import { printJson } from '../../src/diagnostics/print-json.ts';
import { printPretty } from '../../src/diagnostics/print-pretty.ts';
import { compile as emit } from '../../src/targets/compile.ts';
import { nginx } from '../../src/targets/nginx/index.ts';
import { prepare } from '../corpus/prepare.ts';
import { hasCorpus, realDocuments } from '../corpus/real-documents.ts';
import { keySet, signingKey } from '../support/tokens.ts';

const work = mkdtempSync(join(tmpdir(), 'gwc-mutants-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Subject {
  readonly name: string;
  readonly bytes: Buffer;
  readonly spec: string;
  readonly overlay: readonly string[];
}

function law(): Subject {
  const folder = join(work, 'law');
  mkdirSync(folder);
  for (const name of ['user', 'session']) {
    writeFileSync(join(folder, `${name}.jwks.json`), JSON.stringify(keySet([signingKey('ES256')])));
  }
  const bytes = readFileSync(new URL('../../fixtures/behaviour/law.openapi.yaml', import.meta.url));
  return { name: 'law', bytes, spec: join(folder, 'openapi.yaml'), overlay: [] };
}

function museum(): readonly Subject[] {
  const document = realDocuments.find(({ name }) => name === 'museum');
  if (!hasCorpus || document === undefined) return [];
  const { spec, overlay } = prepare(document, join(work, 'museum'), new Map());
  return [{ name: 'museum', bytes: readFileSync(spec), spec, overlay: [overlay] }];
}

const prototypes = () =>
  [Object, Array, Function, String, Map].map(({ prototype }) => Object.getOwnPropertyNames(prototype));

/** Whatever the bytes are: a gateway that is emitted, or an error with a place; never an exception, nothing polluted. */
async function expectTotal({ spec, overlay }: Subject, bytes: Uint8Array): Promise<void> {
  writeFileSync(spec, bytes);
  const before = prototypes();
  const { gateway, diagnostics, documents } = await loadGateway([spec], { format: 'pretty', overlay });
  const emitted = gateway === undefined ? undefined : emit(gateway, nginx);
  const found = [...diagnostics, ...(emitted?.diagnostics ?? [])];
  expect(prototypes()).toEqual(before);
  expect(found.filter(({ code }) => code === 'TGT090')).toEqual([]);
  if (gateway === undefined) expect(found.some(({ severity }) => severity === 'error')).toBe(true);
  for (const { at, code } of diagnostics) expect(at?.file, code).toMatch(/\.(yaml|json)$/);
  expect(printPretty(found, documents.locate, false)).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/,
  );
  JSON.parse(printJson(found, documents.locate));
}

type Edit =
  | { readonly kind: 'flip'; readonly at: number; readonly byte: number }
  | { readonly kind: 'delete'; readonly at: number; readonly length: number }
  | { readonly kind: 'splice'; readonly at: number; readonly from: number; readonly length: number }
  | { readonly kind: 'insert'; readonly at: number; readonly text: string };

const place = fc.nat({ max: 1_000_000 });
const hostile = fc.constantFrom(
  ...[
    '\u0000',
    '\u202e',
    '{',
    '}',
    '*a',
    '&a ',
    '!!js/function ',
    '<<: ',
    '? ',
    '- ',
    '"',
    "'",
    '\n',
    '\t',
    '%',
  ],
  ...[
    '__proto__: {x: 1}',
    'constructor',
    '$\u007benv.HOME}',
    '$uri',
    ';',
    '../',
    'https://',
    '[[[[[[',
    '0x1F',
    '1e400',
  ],
);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, byte: fc.nat({ max: 255 }) }),
  fc.record({ kind: fc.constant('delete' as const), at: place, length: fc.nat({ max: 60 }) }),
  fc.record({ kind: fc.constant('splice' as const), at: place, from: place, length: fc.nat({ max: 200 }) }),
  fc.record({ kind: fc.constant('insert' as const), at: place, text: hostile }),
);

function apply(bytes: Buffer, change: Edit): Buffer {
  const at = change.at % (bytes.length + 1);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (change.kind) {
    case 'flip':
      return Buffer.concat([before, Buffer.from([change.byte]), after.subarray(1)]);
    case 'delete':
      return Buffer.concat([before, after.subarray(change.length)]);
    case 'insert':
      return Buffer.concat([before, Buffer.from(change.text), after]);
    case 'splice': {
      const from = change.from % bytes.length;
      return Buffer.concat([before, bytes.subarray(from, from + change.length), after]);
    }
  }
}

type Tree = { [key: string]: unknown };

const values: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e21,
    '',
    ' ',
    'x',
    'a b',
    'é',
    '\u0000',
    '\u202e',
    '__proto__',
    'constructor',
  ],
  ...[
    '$\u007benv.name}',
    '$uri',
    "'",
    '"',
    ';',
    '}',
    '/{',
    '{}',
    '/a/../b',
    'http://[::1',
    'https://a.test:0/',
    '*',
  ],
  ...[[], {}, [[]], [{}], { $ref: '#' }, { $ref: '#/paths' }, { $ref: '/etc/passwd' }, { a: { a: {} } }],
  ...['x'.repeat(5_000), Array.from({ length: 300 }, (_, index) => index)],
];

/** Replaces, renames, removes or copies one value of the tree: mutants that get past the parser. */
function mutate(root: Tree, steps: readonly number[], verb: number, value: unknown): Tree {
  let at = root;
  for (const step of steps) {
    const keys = Object.keys(at);
    const key = keys[step % Math.max(1, keys.length)];
    if (key === undefined) break;
    const child = at[key];
    if (step !== steps.at(-1) && typeof child === 'object' && child !== null) {
      at = child as Tree;
      continue;
    }
    if (verb === 0) at[key] = value;
    else if (verb === 1) delete at[key];
    else if (verb === 2) at[String(value)] = child;
    else at[key] = Object.values(at)[0];
    break;
  }
  return root;
}

describe('mutants of documents end in a gateway or in located errors', () => {
  const subjects = [law(), ...museum()];

  test.each(subjects)('$name: bytes flipped, deleted, spliced, inserted', async (subject) => {
    const mutant = fc.array(edit, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(mutant, (edits) => expectTotal(subject, edits.reduce(apply, subject.bytes))),
      { numRuns: 120 },
    );
  });

  test.each(subjects)('$name: values replaced, renamed, removed, moved', async (subject) => {
    const tree = (): Tree => load(subject.bytes.toString(), { schema: CORE_SCHEMA }) as Tree;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 9 }),
        fc.nat({ max: 3 }),
        fc.constantFrom(...values),
        (steps, verb, value) =>
          expectTotal(subject, Buffer.from(JSON.stringify(mutate(tree(), steps, verb, value)))),
      ),
      { numRuns: 150 },
    );
  });
});
