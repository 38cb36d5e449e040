/** A text without the optional white space around it (RFC 9110 §5.6.3). No text takes longer than its length. */
export function trimmed(text) {
  let end = text.length;
  while (end > 0 && isBlank(text[end - 1])) end -= 1;
  let start = 0;
  while (start < end && isBlank(text[start])) start += 1;
  return text.slice(start, end);
}

function isBlank(character) {
  return character === ' ' || character === '\t';
}
