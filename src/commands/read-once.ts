import type { Documents } from '../source/documents.ts';
import { loadSources, type ReadSources, type Sources } from './load.ts';

/**
 * Reads the same documents with the same overlays once, whatever environments they are looked at in. Files that one of
 * these loads later (keys, a lock file) do not appear among those of another, so a gateway comes out the same alone and
 * beside others. Files that change meanwhile are not read again.
 */
export function readOnce(): ReadSources {
  const known = new Map<string, Promise<Read>>();
  return async (specs, options) => {
    const { root, overlay, configured } = options;
    const key = JSON.stringify([specs, root, overlay ?? [], configured]);
    const reading = known.get(key) ?? read(loadSources(specs, options));
    known.set(key, reading);
    const { sources, files } = await reading;
    return { ...sources, documents: withOwnFiles(sources.documents, files) };
  };
}

interface Read {
  readonly sources: Sources;
  /** Names of the files that were read at once. */
  readonly files: ReadonlySet<string>;
}

async function read(loading: Promise<Sources>): Promise<Read> {
  const sources = await loading;
  return { sources, files: new Set(sources.documents.files.map(({ file }) => file)) };
}

/** The same documents; of the files that are loaded later only those that are loaded through this view count. */
function withOwnFiles(documents: Documents, first: ReadonlySet<string>): Documents {
  const own = new Set(first);
  return {
    roots: documents.roots,
    beside: documents.beside,
    get files() {
      return documents.files.filter(({ file }) => own.has(file));
    },
    follow: documents.follow,
    load: (path, from, report) => {
      const node = documents.load(path, from, report);
      if (node !== undefined) own.add(node.at.file);
      return node;
    },
    dangling: documents.dangling,
    locate: documents.locate,
  };
}
