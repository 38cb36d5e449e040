/** What a parameter mapping takes its value from. */
export type ParameterSource =
  | { readonly kind: 'constant'; readonly text: string }
  /** A parameter of the request of the client. */
  | { readonly kind: 'request'; readonly in: 'path' | 'querystring' | 'header'; readonly name: string }
  /** A claim of the verified token, as a fact that an authenticator forwards. */
  | { readonly kind: 'claim'; readonly fact: string }
  | { readonly kind: 'other'; readonly text: string };

/**
 * The value of a mapping of a REST API: a constant between quotes, or the name of something (API Gateway Developer
 * Guide, "Amazon API Gateway API request and response data mapping reference").
 */
export function restSource(text: string): ParameterSource {
  const constant = /^'([^']*)'$/.exec(text)?.[1];
  if (constant !== undefined) return { kind: 'constant', text: constant };
  return namedSource(text, /^method\.request\.(path|querystring|header)\.(.+)$/);
}

/**
 * The value of a mapping of an HTTP API: what begins with a dollar sign or holds `${` is a variable, all else a constant
 * (API Gateway Developer Guide, "Transform API requests and responses for HTTP APIs").
 */
export function httpSource(text: string): ParameterSource {
  const bare = text.replace(/^\$\{([^{}]+)\}$/, '$$$1');
  if (!/^\$|\$\{|\$(?:request|context|stageVariables)\./.test(bare)) {
    return { kind: 'constant', text: bare.replace(/^'([^']*)'$/, '$1') };
  }
  return namedSource(bare.slice(1), /^request\.(path|querystring|header)\.([^$\s]+)$/);
}

function namedSource(text: string, request: RegExp): ParameterSource {
  const [, place, name] = request.exec(text) ?? [];
  if (place !== undefined && name !== undefined) {
    return { kind: 'request', in: place as 'path' | 'querystring' | 'header', name };
  }
  const claim = /^context\.authorizer\.(?:jwt\.)?claims\.(.+)$/.exec(text)?.[1];
  return claim === undefined ? { kind: 'other', text } : { kind: 'claim', fact: claimFact(claim) };
}

/** A claim as `forward` writes it: names with other characters (`cognito:groups`) stand in brackets. */
function claimFact(claim: string): string {
  return /^[A-Za-z0-9_-]+$/.test(claim) ? `claims.${claim}` : `claims[${JSON.stringify(claim)}]`;
}
