import type { CredentialPlace } from '../../model/authentication.ts';
import { list, map } from '../collections.ts';
import { labelled, mapped, union } from '../combine.ts';
import { optional, record, required } from '../record.ts';
import { boolean, oneOf } from '../scalars.ts';
import { claimPath } from '../values/claim-path.ts';
import { distinguishedName } from '../values/distinguished-name.ts';
import { documentFile } from '../values/file-path.ts';
import { forwardedFact } from '../values/forwarded-fact.ts';
import { credentialHeader, forwardedHeader } from '../values/header.ts';
import { claimText, clientIdentifier, cookieName, name, queryName } from '../values/names.ts';
import { duration } from '../values/quantity.ts';
import { secretReference } from '../values/secret-reference.ts';
import { fetchedUrl, issuerUrl, servicePath } from '../values/url.ts';
import { login } from './login.ts';

const place = mapped(
  record(
    'place of a credential',
    {
      header: optional(
        credentialHeader,
        'A header: `Authorization` holds `Bearer <token>`, any other the bare token. API keys stand bare in every header.',
      ),
      cookie: optional(cookieName, 'A cookie.'),
      query: optional(
        queryName,
        'A query parameter. Needs the waiver `query-credential`, and never appears in a log.',
      ),
    },
    { exactlyOne: ['header', 'cookie', 'query'] },
  ),
  ({ header, cookie, query }): CredentialPlace => {
    if (header !== undefined) return { kind: 'header', name: header.value };
    if (cookie !== undefined) return { kind: 'cookie', name: cookie.value };
    return { kind: 'query', name: query?.value ?? '' };
  },
);

const keySetObject = record(
  'key set',
  {
    file: optional(
      documentFile,
      'A JSON Web Key Set of public keys beside the document, read while building.',
    ),
    secret: optional(name, 'A name of `secrets`: a key set that the gateway reads at run time.'),
  },
  { exactlyOne: ['file', 'secret'] },
);

/** A URL, `{file: path}` or `{secret: name}`. */
const keySet = labelled('https URL, `{file: path}` or `{secret: name}`', union(fetchedUrl, keySetObject));

const audiences = list(claimText('audience', 'orders-api'), { min: 1, identity: (value) => value });

const trustedIssuer = record('issuer', {
  issuer: required(issuerUrl, 'The `iss` of its tokens, compared character by character.'),
  jwks: optional(keySet, 'Its keys.', 'found by OpenID Connect Discovery'),
  audiences: optional(
    audiences,
    'A token of this issuer must name one of them in `aud`.',
    'those of the authenticator',
  ),
});

const algorithm = oneOf([
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'HS256',
  'HS384',
  'HS512',
]);

const introspection = record('introspection', {
  url: required(fetchedUrl, 'The introspection endpoint (RFC 7662).'),
  clientId: required(clientIdentifier, 'The identifier of the gateway at the authorization server.'),
  clientSecret: required(secretReference, 'Its secret.'),
  cache: optional(
    duration({ min: '0s', max: '5m', wholeSeconds: true }),
    'How long an answer is kept, never longer than `exp`.',
    '`30s`',
  ),
});

const certificate = record('certificate', {
  ca: required(
    secretReference,
    'The authorities that sign client certificates; the same secret as `tls.clientCertificate.ca`.',
  ),
  subjects: optional(
    list(distinguishedName, { min: 1, identity: (value) => value }),
    'Distinguished names (RFC 4514), one of which a certificate must have.',
    'every certificate of the authorities',
  ),
});

const external = record('external authenticator', {
  backend: required(name, 'The service that decides: a name of `backends`.'),
  path: optional(servicePath, 'The path that is asked, below that of the back end.', '`/`'),
  timeout: optional(
    duration({ min: '1ms', max: '30s' }),
    'Longest wait for a decision; a later one denies with 503.',
    '`1s`',
  ),
  cache: optional(
    duration({ min: '0s', max: '5m', wholeSeconds: true }),
    'How long a decision is kept.',
    '`0s`: every request is asked for',
  ),
});

/** The fields of one entry of `authenticators`. */
export const authenticatorFields = {
  issuer: optional(
    issuerUrl,
    'JSON Web Tokens of one issuer: the `iss` that tokens must have, compared character by character; https (http on loopback).',
    'the issuer whose discovery URL an `openIdConnect` scheme states',
  ),
  issuers: optional(
    list(trustedIssuer, { min: 1, identity: ({ issuer }) => issuer.value.text }),
    'JSON Web Tokens of several issuers. The `iss` of a token chooses whose keys must have signed it.',
  ),
  audiences: optional(audiences, 'A token must name one of them in `aud`. Required for JSON Web Tokens.'),
  jwks: optional(keySet, 'The keys that verify tokens of `issuer`.', 'found by OpenID Connect Discovery'),
  key: optional(
    secretReference,
    'A shared secret that verifies tokens of `issuer` with HS256, HS384 or HS512.',
  ),
  algorithms: optional(
    list(algorithm, { min: 1, identity: (value) => value }),
    'Signature algorithms that are accepted. `none` does not exist; HS* go with `key` only.',
    '`RS256`, `ES256`, `PS256`',
  ),
  clockSkew: optional(
    duration({ min: '0s', max: '120s', wholeSeconds: true }),
    'Tolerance for `exp`, `nbf` and `iat`.',
    '`30s`',
  ),
  introspection: optional(introspection, 'Opaque tokens that the authorization server is asked about.'),
  keys: optional(oneOf(['consumers'], ['aws-usage-plan']), 'API keys: those of `consumers`.'),
  users: optional(
    secretReference,
    'User names and passwords (RFC 7617): a file of hashes in the format of htpasswd.',
  ),
  certificate: optional(certificate, 'Client certificates of the TLS connection.'),
  external: optional(external, 'A service that decides about a bearer token.'),
  scopeClaim: optional(claimPath, 'The claim that holds scopes.', '`scope`, then `scp`'),
  roleClaim: optional(claimPath, 'The claim that holds roles.', '`roles`'),
  from: optional(
    list(place, {
      min: 1,
      identity: ({ kind, name: at }) => `${kind} ${kind === 'header' ? at.toLowerCase() : at}`,
    }),
    'Where the credential may be. A request that has it in more than one of them is answered 400.',
    'the place that the security scheme names; `Authorization` for bearer schemes',
  ),
  forward: optional(
    map(forwardedHeader, forwardedFact),
    'Headers that carry facts about the caller to the back end: `claims.<path>` of a token, or `subject`. Copies sent by clients are removed on every operation.',
  ),
  stripToken: optional(boolean, 'Keep the credential from the back end.', '`false`; always for API keys'),
  login: optional(login, 'Redirect instead of answering 401.'),
};
