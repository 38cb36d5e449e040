/** A text without the optional white space around it (RFC 9110 §5.6.3). No text takes longer than its length. */
export function trimmed(text) {
  let end = text.length;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end -= 1;
  let start = 0;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  return text.slice(start, end);
}

function isBlank(code) {
  return code === 0x20 || code === 0x09;
}
