/** Text with its escapes decoded as UTF-8; what is no UTF-8 stays as it was sent. */
export function decodedPercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Text as it stands in a URL after API Gateway decoded it: `%` is encoded and so is what no URL may hold, while slashes
 * and dots are not (API Gateway Developer Guide, "Amazon API Gateway important notes": request parameters are decoded,
 * and the percent character is encoded, before they are passed to integrations).
 */
export function encodedAgain(text: string): string {
  return text.replace(/[^\x21\x24\x26-\x3b\x3d\x40-\x5a\x5f\x61-\x7a\x7e]/gu, (character) =>
    encodeURIComponent(character),
  );
}
