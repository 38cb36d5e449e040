import { setFlagsFromString } from 'node:v8';

/** How V8 is told to wait, by its major (Node 20 to 24): a flag that it does not know would be a line on stderr. */
const WAIT: Readonly<Record<string, string>> = {
  11: '--interrupt-budget=1000000',
  12: '--invocation-count-for-turbofan=20000',
  13: '--invocation-count-for-turbofan=20000',
};

/**
 * Lets V8 wait longer before it compiles a function to optimised code. A command ends after a second or two, so most of
 * that work, which other threads do, is never paid back: it took a quarter of the CPU time of a large build. For the
 * same reason a compiled function takes in fewer of those that it calls: 100 bytes of bytecode in all, instead of 920.
 * The YAML parser is one web of functions, which halves the time that compiling them takes and hardly slows them down.
 */
export function compileLess(): void {
  const [major = ''] = process.versions.v8.split('.');
  const wait = WAIT[major];
  if (wait === undefined) return;
  setFlagsFromString(wait);
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=100');
}
