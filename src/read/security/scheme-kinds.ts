import { diagnostic, type Report, related } from '../../diagnostics/diagnostic.ts';
import type { Authenticator } from '../../model/authentication.ts';
import type { Origin } from '../../model/origin.ts';
import type { ApiDocument, SecurityScheme } from '../../openapi/document.ts';
import { httpSchemeUnknown, schemeUnsuitable } from '../diagnostics.ts';

type Kind = Authenticator['kind'];

/** A security scheme with the version of the document that declares it. */
export interface DeclaredScheme {
  readonly scheme: SecurityScheme;
  readonly openapi: ApiDocument['openapi'];
}

const tokens = 'http bearer, oauth2, openIdConnect or apiKey';
const suitable: { readonly [K in Kind]: string } = {
  jwt: tokens,
  introspection: tokens,
  external: tokens,
  'api-key': 'apiKey',
  basic: 'http basic, or apiKey in the header Authorization',
  sigv4: 'apiKey in the header Authorization',
  certificate: 'mutualTLS (any type in OpenAPI 2.0 and 3.0, which do not have that one)',
};
const credentials: { readonly [K in Kind]: string } = {
  jwt: 'JSON Web Tokens',
  introspection: 'opaque tokens',
  external: 'tokens for a service',
  'api-key': 'API keys',
  basic: 'passwords',
  sigv4: 'signatures of AWS',
  certificate: 'client certificates',
};
/** What to bind in place, by what the scheme is. */
const bindings: { readonly [title: string]: string } = {
  'http bearer': 'issuer, introspection or external',
  'http basic': 'users: {secret: name}',
  oauth2: 'issuer, introspection or external',
  openIdConnect: 'issuer, introspection or external',
  apiKey: 'keys: consumers, issuer, introspection or external',
  mutualTLS: 'certificate: {ca: {secret: name}}',
};

/** True when every scheme can carry the credentials of the kind; the others are reported with both places. */
export function areSuitable(
  kind: Kind,
  schemes: readonly DeclaredScheme[],
  authenticator: Origin,
  report: Report,
): boolean {
  let whole = true;
  for (const declared of schemes) {
    if (suits(kind, declared)) continue;
    whole = false;
    const { scheme } = declared;
    const title = titleOf(scheme);
    const options = { related: [related('The authenticator.', authenticator, 'key')] };
    report(
      Object.hasOwn(bindings, title)
        ? diagnostic(
            schemeUnsuitable,
            scheme.at,
            {
              scheme: scheme.name,
              type: title,
              credentials: credentials[kind],
              suitable: suitable[kind],
              instead: bindings[title] ?? '',
            },
            options,
          )
        : diagnostic(httpSchemeUnknown, scheme.at, { scheme: scheme.name, type: title }, options),
    );
  }
  return whole;
}

function titleOf({ type, scheme }: SecurityScheme): string {
  return type === 'http' ? `http ${scheme ?? ''}` : type;
}

function suits(kind: Kind, { scheme, openapi }: DeclaredScheme): boolean {
  const title = titleOf(scheme);
  switch (kind) {
    case 'jwt':
    case 'introspection':
    case 'external':
      return title === 'http bearer' || ['oauth2', 'openIdConnect', 'apiKey'].includes(scheme.type);
    case 'api-key':
      return scheme.type === 'apiKey';
    case 'basic':
      return title === 'http basic' || isAuthorization(scheme);
    case 'sigv4':
      return isAuthorization(scheme);
    case 'certificate':
      return scheme.type === 'mutualTLS' || openapi === '2.0' || openapi === '3.0';
  }
}

function isAuthorization({ place }: SecurityScheme): boolean {
  return place?.in === 'header' && place.name.toLowerCase() === 'authorization';
}
