/** A gateway's name from a title: lower case letters, digits and hyphens, beginning with a letter, at most 63. */
export function nameFromTitle(title: string): string {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return slug === '' ? 'gateway' : slug;
}
