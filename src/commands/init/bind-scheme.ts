import { credentialHeader } from '../../extension/values/header.ts';
import { cookieName, schemeNameFormat } from '../../extension/values/names.ts';
import { issuerUrl, loginUrl } from '../../extension/values/url.ts';
import type { SecurityScheme } from '../../openapi/document.ts';
import { nodeOf } from '../../source/node.ts';
import { type Entry, entryLines } from './draft-entry.ts';
import { blank, comment, commentText, indented, scalarText } from './yaml-text.ts';

/** What the authenticators of a block need elsewhere in it. */
export interface Needs {
  consumers: boolean;
  clientCertificate: boolean;
  /** Name of a secret → hint for the file that holds it. */
  readonly secrets: Map<string, string>;
}

/** The authority of client certificates: one for each listener, so one secret serves every scheme. */
export const CLIENT_CA = 'client-ca';

/**
 * Lines of the authenticator for one scheme. Only what the scheme says is written; the rest is blank. A name that
 * `x-gateway` cannot have, and an HTTP scheme that nothing reads, are explained instead. `known` are fields that an
 * import found out.
 */
export function bindScheme(
  scheme: SecurityScheme,
  needs: Needs,
  known?: readonly Entry[],
): readonly string[] {
  if (!new RegExp(`^(?:${schemeNameFormat.pattern})$`).test(scheme.name)) {
    return comment(
      `The scheme ${scalarText(commentText(scheme.name))} cannot be bound: a name is ${schemeNameFormat.allows}.`,
      'Rename it in the document, and give it an entry here.',
    );
  }
  if (known !== undefined) return [`${scalarText(scheme.name)}:`, ...indented(entryLines(known), 2)];
  if (scheme.type === 'http' && scheme.scheme !== 'bearer' && scheme.scheme !== 'basic') {
    return comment(
      `The scheme ${scalarText(scheme.name)} cannot be bound: it is http ${commentText(scheme.scheme ?? '')}, which gwc does not verify (AUT007).`,
      'Declare it in the document as http bearer or basic, apiKey, oauth2, openIdConnect or mutualTLS,',
      'and give it an entry here. A service of yours can judge what a bearer token or an apiKey holds:',
      `${scalarText(scheme.name)}: {external: {backend: api, path: /verify}}`,
    );
  }
  return [`${scalarText(scheme.name)}:`, ...indented(fieldsOf(scheme, needs), 2)];
}

function fieldsOf(scheme: SecurityScheme, needs: Needs): readonly string[] {
  switch (scheme.type) {
    case 'openIdConnect':
      return [...comment('openIdConnect: JSON Web Tokens'), ...issuerOf(scheme), ...tokenFields(scheme)];
    case 'oauth2':
      return [
        ...comment('oauth2: JSON Web Tokens. For opaque tokens write, in place of issuer and audiences:'),
        ...comment('introspection: {url: https://…, clientId: …, clientSecret: {secret: …}}'),
        blank('issuer', 'the "iss" of its tokens, for example https://id.example.com/'),
        ...tokenFields(scheme),
      ];
    case 'apiKey':
      return keyFields(scheme, needs);
    case 'mutualTLS':
      needs.clientCertificate = true;
      return [
        ...comment('mutualTLS: every certificate of the authority; "subjects: [CN=…]" narrows it.'),
        `certificate: {ca: {secret: ${CLIENT_CA}}}`,
      ];
    case 'http':
      return httpFields(scheme, needs);
  }
}

function httpFields(scheme: SecurityScheme, needs: Needs): readonly string[] {
  if (scheme.scheme === 'bearer') {
    return [
      ...comment('http bearer: JSON Web Tokens'),
      blank('issuer', 'the "iss" of its tokens, for example https://id.example.com/'),
      ...tokenFields(scheme),
    ];
  }
  const secret = secretName(scheme.name, 'users', needs);
  needs.secrets.set(secret, 'a file of user names and password hashes, for example /etc/gateway/users');
  return [...comment('http basic: users with hashed passwords'), `users: {secret: ${secret}}`];
}

/** OpenID Connect Discovery 1.0 §4: the document stands below the issuer, and a final slash of that is left out. */
function issuerOf({ openIdConnectUrl }: SecurityScheme): readonly string[] {
  const written = openIdConnectUrl?.value ?? '';
  const issuer = /^(.+?)\/\.well-known\/openid-configuration$/.exec(written)?.[1];
  const at = openIdConnectUrl?.at ?? { file: '', pointer: '' };
  const usable = issuer === undefined ? undefined : issuerUrl.read(nodeOf(issuer, at), () => undefined);
  if (issuer === undefined || usable === undefined) {
    return [
      blank('issuer', `the "iss" of its tokens; openIdConnectUrl is ${scalarText(commentText(written))}`),
    ];
  }
  return [
    ...comment(
      'From openIdConnectUrl. It must equal the "iss" of the tokens, which may end in a slash more.',
    ),
    `issuer: ${scalarText(issuer)}`,
  ];
}

function tokenFields({ authorizationUrl }: SecurityScheme): readonly string[] {
  return [
    blank('audiences', 'the "aud" of tokens that are meant for this API, for example [my-api]'),
    ...comment('Keys: discovery at the issuer (gwc build --resolve pins it), or one of these:'),
    ...comment('jwks: https://id.example.com/keys', 'jwks: {file: keys.json}'),
    ...loginNote(authorizationUrl),
  ];
}

/** Only for an address that a login redirect can have. */
function loginNote(url: SecurityScheme['authorizationUrl']): readonly string[] {
  if (url === undefined) return [];
  const usable = loginUrl.read(nodeOf(url.value, url.at), () => undefined);
  if (usable === undefined) return [];
  return comment(
    `People can be sent to ${commentText(usable.text)} instead of 401:`,
    'login: {when: browser}',
  );
}

function keyFields({ place, at }: SecurityScheme, needs: Needs): readonly string[] {
  needs.consumers = true;
  const name = scalarText(commentText(place?.name ?? ''));
  const where = place?.in === 'query' ? 'query parameter' : (place?.in ?? 'header');
  const problem = placeProblem(place, at);
  if (problem !== undefined) {
    return [
      ...comment(`apiKey in the ${where} ${name}, ${problem}.`, 'gwc key makes keys.'),
      'keys: consumers',
      blank('from', 'another place, for example [{header: X-Api-Key}]'),
    ];
  }
  const isToken = place?.in === 'header' && place.name.toLowerCase() === 'authorization';
  return [
    ...comment(`apiKey in the ${where} ${name}: gwc key makes keys.`),
    ...(isToken
      ? comment('If clients send "Bearer <token>" there, write issuer and audiences in place of keys.')
      : []),
    'keys: consumers',
  ];
}

/** Why the place that a scheme names needs a decision, as the end of a sentence. */
function placeProblem(place: SecurityScheme['place'], at: SecurityScheme['at']): string | undefined {
  if (place?.in === 'query') return 'where logs and histories keep it';
  const shape = place?.in === 'cookie' ? cookieName : credentialHeader;
  const usable = shape.read(nodeOf(place?.name, at), () => undefined);
  return usable === undefined ? 'a name that not every server takes' : undefined;
}

/** A name of a secret that no other has. */
function secretName(scheme: string, what: string, needs: Needs): string {
  const slug = scheme
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40);
  const base = slug === '' ? what : `${slug}-${what}`;
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}-${count}`;
    if (!needs.secrets.has(name) && name !== CLIENT_CA) return name;
  }
}
