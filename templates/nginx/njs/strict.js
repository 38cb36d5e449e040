/*
 * Where the language is lax. `$` in a regular expression is no end of text: the built-in engine of njs, which runs on
 * PCRE, lets it match before a line feed that comes last.
 */

/** Whether the pattern, anchored at its start, matches the text to its last character. */
function matches(pattern, text) {
  const found = pattern.exec(text);
  return found !== null && found[0] === text;
}

function hasOwn(object, name) {
  // biome-ignore lint/suspicious/noPrototypeBuiltins: njs 0.7.9 has no Object.hasOwn.
  return Object.prototype.hasOwnProperty.call(object, name);
}

export default { matches, hasOwn };
