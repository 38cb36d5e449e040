/** The challenge of a refusal that concerns a token (RFC 6750 §3); `scopes` are those that it lacks. */
export function scopeChallenge(realm: string, scopes: readonly string[] = []): string {
  const tokens = [...new Set(scopes)].filter(isScopeToken);
  const attribute = tokens.length === 0 ? '' : `, scope=${quotedString(tokens.join(' '))}`;
  return `Bearer realm=${quotedString(realm)}, error="insufficient_scope"${attribute}`;
}

/** RFC 6749 §3.3; other names cannot be told to a client. */
function isScopeToken(scope: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope);
}

/** RFC 9110 §5.6.4; what is neither printable ASCII nor a space becomes a question mark. */
function quotedString(text: string): string {
  return `"${text.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&')}"`;
}
