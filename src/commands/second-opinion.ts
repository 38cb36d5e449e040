import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.ts';
import type { Documents } from '../source/documents.ts';
import { secondOpinion } from './diagnostics.ts';

/**
 * Asks swagger-parser for its opinion of each root document: a check that shares no code with ours. It gets a copy
 * (it changes what it is given), may not touch the network or the disk, and what it says is information only, because
 * it refuses valid documents (3.2, server variable descriptions) and its messages have no place.
 */
export async function consultSwaggerParser(documents: Documents): Promise<readonly Diagnostic[]> {
  const { default: SwaggerParser } = await import('@apidevtools/swagger-parser');
  const found: Diagnostic[] = [];
  for (const root of documents.roots) {
    if (hasExternalReference(root.value)) continue;
    try {
      const copy = JSON.parse(JSON.stringify(root.value));
      await SwaggerParser.validate(copy, {
        resolve: { external: false },
        dereference: { circular: 'ignore' },
      });
    } catch (error) {
      const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      found.push(diagnostic(secondOpinion, { file: root.at.file, pointer: '' }, { message }));
    }
  }
  return found;
}

function hasExternalReference(root: unknown): boolean {
  const open: unknown[] = [root];
  const seen = new Set<unknown>();
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const reference = (value as { $ref?: unknown }).$ref;
    if (typeof reference === 'string' && !reference.startsWith('#')) return true;
    for (const item of Object.values(value)) if (item !== undefined) open.push(item);
  }
  return false;
}
