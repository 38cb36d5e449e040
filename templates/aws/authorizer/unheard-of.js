/** Data of a later build, or none of ours: nobody passes by what is not understood. */
export function unheardOf(kind) {
  throw new Error(`nothing is called ${kind}`);
}
