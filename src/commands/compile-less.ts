import { setFlagsFromString } from 'node:v8';

/** Majors of V8 that are known to have the flag (Node 20 to 24); another one would complain about it on stderr. */
const KNOWN = ['11', '12', '13'];

/**
 * Lets V8 wait longer before it compiles a function to optimised code. A command ends after a second or two, so most of
 * that work, which other threads do, is never paid back: it took a quarter of the CPU time of a large build.
 */
export function compileLess(): void {
  const [major = ''] = process.versions.v8.split('.');
  if (KNOWN.includes(major)) setFlagsFromString('--interrupt-budget=1000000');
}
