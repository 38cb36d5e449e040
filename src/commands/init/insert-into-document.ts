import { isDeepStrictEqual } from 'node:util';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Documents } from '../../source/documents.ts';
import { diskFileSystem } from '../../source/file-system.ts';
import { loadDocuments } from '../../source/index.ts';
import type { Node } from '../../source/node.ts';
import { childOrigin } from '../../source/node.ts';
import { failureOf } from '../output/file-system.ts';
import { replaceFile } from '../replace-file.ts';
import { cannotInsert, notWritten } from './diagnostics.ts';
import { insertBlock, type RootKey } from './insert-block.ts';

/**
 * Inserts a block into a YAML document on disk. The new text is read again before it replaces the old one: it must say
 * what the old one says, and the block.
 */
export function insertIntoDocument(
  file: string,
  documents: Documents,
  block: readonly string[],
  options: { readonly force?: true; readonly root?: string },
): readonly Diagnostic[] {
  const [root] = documents.roots;
  if (root === undefined) return [];
  const refused = (reason: string) => [diagnostic(cannotInsert, root.at, { reason })];
  try {
    const real = diskFileSystem.realpath(file);
    const text = Buffer.from(diskFileSystem.readFile(real)).toString('utf8');
    if (/^\ufeff?\s*[{[]/.test(text)) return refused('it is JSON, which has no comments');
    const inserted = insertBlock(text, rootKeys(root, documents), block, options.force === true);
    if ('reason' in inserted) return refused(inserted.reason);
    const after = reread(file, real, inserted.text, options.root);
    if (after === undefined || !saysTheSame(root, after)) {
      return refused('its YAML would mean something else with a block in it');
    }
    replaceFile(file, inserted.text);
    return [];
  } catch (error) {
    return [diagnostic(notWritten, { file }, { file, failure: failureOf(error) })];
  }
}

/** Places of the keys of the root. */
function rootKeys(root: Node, documents: Documents): readonly RootKey[] {
  return root.entries().flatMap(([name]) => {
    const place = documents.locate({ ...childOrigin(root.at, name), side: 'key' });
    return place === undefined ? [] : [{ name, line: place.line, column: place.column }];
  });
}

function reread(file: string, real: string, text: string, root: string | undefined): Node | undefined {
  const fileSystem = {
    ...diskFileSystem,
    readFile: (path: string) => (path === real ? Buffer.from(text) : diskFileSystem.readFile(path)),
  };
  return loadDocuments([file], { fileSystem, ...(root === undefined ? {} : { root }) }).documents.roots[0];
}

function saysTheSame(before: Node, after: Node): boolean {
  const rest = (node: Node): unknown =>
    Object.fromEntries(Object.entries(node.value ?? {}).filter(([key]) => key !== 'x-gateway'));
  return after.child('x-gateway') !== undefined && isDeepStrictEqual(rest(before), rest(after));
}
