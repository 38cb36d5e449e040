/** nginx drops other request headers (`ignore_invalid_headers`, `underscores_in_headers`), so nothing can read them. */
export function isVisibleHeader(name: string): boolean {
  return /^[A-Za-z0-9-]+$/.test(name);
}
