import { constants } from '../generated/templates.js';

/** A file that is emitted as it is, in every gateway the same. */
export interface ConstantFile {
  /** Path below the folder that was asked for. */
  readonly path: string;
  readonly contents: string;
}

/** Constant files below a folder of templates/ (`nginx/njs/`), sorted by path. */
export function constantFiles(folder: string): readonly ConstantFile[] {
  return Object.keys(constants)
    .filter((path) => path.startsWith(folder))
    .sort()
    .map((path) => ({ path: path.slice(folder.length), contents: constants[path] ?? '' }));
}
