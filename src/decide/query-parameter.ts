/** Raw values of a parameter in a raw query; its name may be percent-encoded. `+` stays `+`. */
export function queryValues(query: string | undefined, name: string): readonly string[] {
  return pairsOf(query).flatMap((pair) => (nameOf(pair) === name ? [rawValue(pair)] : []));
}

/** The raw query without every pair of these names, the rest verbatim; undefined when nothing remains. */
export function withoutParameters(query: string | undefined, names: ReadonlySet<string>): string | undefined {
  if (names.size === 0) return query;
  const kept = pairsOf(query).filter((pair) => !names.has(nameOf(pair) ?? ''));
  return kept.length === 0 ? undefined : kept.join('&');
}

/** Origin-form of a path and a raw query. */
export function targetText(path: string, query: string | undefined): string {
  return query === undefined ? path : `${path}?${query}`;
}

/** Decodes each escape once, as UTF-8; undefined when an escape is broken or the bytes are not UTF-8. */
export function percentDecode(raw: string): string | undefined {
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}

function pairsOf(query: string | undefined): readonly string[] {
  return query === undefined ? [] : query.split('&');
}

function nameOf(pair: string): string | undefined {
  const equals = pair.indexOf('=');
  return percentDecode(equals < 0 ? pair : pair.slice(0, equals));
}

function rawValue(pair: string): string {
  const equals = pair.indexOf('=');
  return equals < 0 ? '' : pair.slice(equals + 1);
}
