import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { CORE_SCHEMA, load } from 'js-yaml';
import { expect, test } from 'vitest';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { type CompiledDocument, compileDocument } from './compile-document.ts';
import { leavesOf, withLeaf } from './document-leaves.ts';
import { operationParts, routeEntries } from './operation-parts.ts';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
const law = load(
  readFileSync(new URL('../../fixtures/behaviour/law.openapi.yaml', import.meta.url), 'utf8'),
  {
    schema: CORE_SCHEMA,
  },
) as Document;

const guards = [
  { security: [] },
  { security: [{ user: ['orders:read'] }] },
  { security: [{ session: [] }], 'x-gateway': { login: 'always' } },
  { 'x-gateway': { authorize: { claim: 'plan', equals: 'gold' } } },
  { 'x-gateway': { authorize: 'header.x-a == claims.sub' } },
  { security: [], 'x-gateway': { ip: { allow: ['10.0.0.0/8'] }, limits: [{ rate: '9/s', per: 'ip' }] } },
  {
    security: [{ stripped: [] }],
    'x-gateway': { backend: 'other', request: { setHeaders: { 'X-B': 'c' } } },
  },
];

/** A new operation: on a path of its own, or as one more method of a path that there is. */
const additions = fc
  .record({
    path: fc.constantFrom(
      '/aaa',
      '/zzz/{id}',
      '/a/b/c/d/e/f',
      '/users/{id}/zzz',
      '/{any}',
      '/Public',
      '/public',
      '/users/{id}',
      '/rest/{path}/end',
    ),
    method: fc.constantFrom('put', 'patch', 'delete'),
    guard: fc.constantFrom(...guards),
  })
  .map(({ path, method, guard }) => {
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    const item = law.paths[path] ?? { parameters };
    const gateway = { public: { reason: 'a test' }, ...guard['x-gateway'] };
    const isPublic = guard.security?.length === 0;
    const added = {
      operationId: 'added',
      responses: {},
      ...guard,
      ...(isPublic ? { 'x-gateway': gateway } : {}),
    };
    return { ...law, paths: { ...law.paths, [path]: { ...item, [method]: added } } };
  });

test('an added operation changes nothing of what is emitted for the others', async () => {
  const before = await compiled(law);
  const parts = operationParts(before.artifacts);
  expect(parts.size).toBeGreaterThan(50);
  await fc.assert(
    fc.asyncProperty(additions, async (document) => {
      const after = await compiled(document);
      const others = operationParts(after.artifacts);
      for (const [id, part] of parts) expect(others.get(id), id).toEqual(part);
      expect([...others.keys()].filter((id) => !parts.has(id))).toEqual(['added']);
      const entries = routeEntries(after.artifacts);
      const methods = /: .*\b(PUT|PATCH|DELETE)\b/;
      const lost = routeEntries(before.artifacts).filter((entry) => !entries.includes(entry));
      // One more method of a path is one more in its list of allowed methods.
      expect(lost.length).toBeLessThanOrEqual(1);
      for (const entry of lost) {
        const [route = ''] = entry.split(': ');
        expect(entries.find((one) => one.startsWith(`${route}: `))).toMatch(methods);
      }
    }),
    { numRuns: 30, seed: 20_260_403 },
  );
}, 120_000);

test('a security that is taken away takes no guard away without a word', async () => {
  const guarded = guardedOperations(await compiled(law));
  const places = leavesOf(law).filter(({ kind, text }) => kind === 'key' && text === 'security');
  expect(places.length).toBeGreaterThan(15);
  for (const place of places) {
    // An extension of a name that nobody reads.
    const result = await compileDocument(withLeaf(law, place, 'x-nothing'));
    if (hasErrors(result.diagnostics)) continue;
    const left = guardedOperations(result);
    expect(
      guarded.filter((id) => !left.includes(id)),
      place.path.join('/'),
    ).toEqual([]);
  }
}, 120_000);

async function compiled(document: unknown): Promise<CompiledDocument> {
  const result = await compileDocument(document);
  expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return result;
}

function guardedOperations({ artifacts }: CompiledDocument): readonly string[] {
  return [...operationParts(artifacts)].flatMap(([id, { guarded }]) => (guarded ? [id] : []));
}
