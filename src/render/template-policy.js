/**
 * How every template is compiled. Plain JavaScript, because the build runs it with node before anything is compiled.
 *
 * strict: a missing name throws. knownHelpersOnly with the built-in helpers taken out: `{{path}}`, `if`, `unless` and
 * `each` are the whole language. Escaping stays on (noEscape false): a token is printed as it is, and a bare string
 * that came past the audit would at least not be printed raw. preventIndent stays off: a partial takes the indentation
 * of the place that calls it, which is safe because no token contains a line feed.
 */
export const compileOptions = Object.freeze({
  strict: true,
  noEscape: false,
  preventIndent: false,
  explicitPartialContext: false,
  knownHelpersOnly: true,
  knownHelpers: Object.freeze({
    if: true,
    unless: true,
    each: true,
    with: false,
    log: false,
    lookup: false,
    helperMissing: false,
    blockHelperMissing: false,
  }),
});
