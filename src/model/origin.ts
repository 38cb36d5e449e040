/**
 * Where a fact was written: a file (as named on the command line, or relative to the root document's folder, with
 * forward slashes) and an RFC 6901 JSON pointer into it. Line and column are computed only when it is printed.
 */
export interface Origin {
  readonly file: string;
  readonly pointer: string;
}

/** A fact together with the place that asked for it. */
export interface Sourced<T> {
  readonly value: T;
  readonly at: Origin;
}

/**
 * A file name that may stand in output: one that was given as an absolute path is its last part only, so that the output
 * does not depend on where a checkout lies.
 */
export function portableName(file: string): string {
  return file.startsWith('/') || /^[A-Za-z]:[\\/]/.test(file) ? (file.split(/[\\/]/).at(-1) ?? '') : file;
}
