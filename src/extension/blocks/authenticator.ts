import { diagnostic } from '../../diagnostics/diagnostic.ts';
import type { CredentialPlace } from '../../model/authentication.ts';
import { list, map } from '../collections.ts';
import { mapped, union, withLater } from '../combine.ts';
import { contradiction } from '../diagnostics.ts';
import { optional, record, required } from '../record.ts';
import { boolean, constant, oneOf } from '../scalars.ts';
import type { Read } from '../shape.ts';
import { subjectOf } from '../subject.ts';
import { claimPath, claimReference } from '../values/claim-path.ts';
import { documentFile } from '../values/file-path.ts';
import { credentialHeader, forwardedHeader } from '../values/header.ts';
import { claimText, cookieName, queryName } from '../values/names.ts';
import { duration } from '../values/quantity.ts';
import { issuerUrl, loginUrl } from '../values/url.ts';

export const trigger = oneOf(['never', 'browser', 'always']);

const login = record(
  'login redirect',
  {
    when: optional(
      trigger,
      'Who is redirected instead of answered 401: nobody, people (page navigations), or everybody.',
      '`never`',
    ),
    url: optional(loginUrl, 'Where to log in.', 'the `authorizationUrl` of the security scheme'),
    returnParam: optional(
      union(queryName, constant(false, 'the name of a query parameter or false')),
      'The query parameter that carries the way back; `false` leaves it out.',
      '`return_to`',
    ),
  },
  {
    check: (block, node, report) => {
      const parameter = block.returnParam;
      const query = block.url?.value.query;
      if (parameter === undefined || parameter.value === false || query === undefined) return true;
      if (!query.split('&').some((pair) => pair.split('=')[0] === parameter.value)) return true;
      const facts = {
        problem: `${subjectOf(node.at)} has a url whose query already has the parameter "${parameter.value}"`,
        consequence: 'The login page could take either for the way back, so nothing is written.',
        fix: 'Choose another returnParam, or remove the parameter from the url.',
      };
      report(diagnostic(contradiction, parameter.at, facts));
      return false;
    },
  },
);

const place = mapped(
  record(
    'place of a credential',
    {
      header: optional(
        credentialHeader,
        'A header: `Authorization` holds `Bearer <token>`, any other the bare token.',
      ),
      cookie: optional(cookieName, 'A cookie.'),
    },
    { exactlyOne: ['header', 'cookie'], later: ['query'] },
  ),
  ({ header, cookie }): CredentialPlace =>
    header === undefined
      ? { kind: 'cookie', name: cookie?.value ?? '' }
      : { kind: 'header', name: header.value },
);

const keySet = withLater(
  record(
    'key set',
    {
      file: required(
        documentFile,
        'A JSON Web Key Set of public keys beside the document, read while building.',
      ),
    },
    { later: ['secret'] },
  ),
  'text',
  'key sets that are fetched',
  'Save the key set beside the document and write {file: path}.',
);

const algorithm = oneOf(
  ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'],
  ['EdDSA', 'HS256', 'HS384', 'HS512'],
);

/** One entry of `authenticators`: how tokens of the security scheme of the same name are verified. */
export const authenticator = record(
  'authenticator',
  {
    issuer: required(
      issuerUrl,
      'The `iss` that tokens must have, compared character by character; https (http on loopback).',
    ),
    audiences: required(
      list(claimText('audience', 'orders-api'), { min: 1, identity: (value) => value }),
      'A token must name one of them in `aud`.',
    ),
    jwks: required(keySet, 'The keys that verify tokens.'),
    algorithms: optional(
      list(algorithm, { min: 1, identity: (value) => value }),
      'Signature algorithms that are accepted. `none` does not exist.',
      '`RS256`, `ES256`, `PS256`',
    ),
    clockSkew: optional(
      duration({ min: '0s', max: '120s', wholeSeconds: true }),
      'Tolerance for `exp`, `nbf` and `iat`.',
      '`30s`',
    ),
    scopeClaim: optional(claimPath, 'The claim that holds scopes.', '`scope`, then `scp`'),
    roleClaim: optional(claimPath, 'The claim that holds roles.', '`roles`'),
    from: optional(
      list(place, {
        min: 1,
        identity: ({ kind, name }) => `${kind} ${kind === 'header' ? name.toLowerCase() : name}`,
      }),
      'Where the token may be. A request that has it in more than one of them is answered 400.',
      'the place that the security scheme names; `Authorization` for bearer schemes',
    ),
    forward: optional(
      map(forwardedHeader, claimReference),
      'Headers that carry claims to the back end. Copies sent by clients are removed on every operation.',
    ),
    stripToken: optional(boolean, 'Keep the token from the back end.', '`false`'),
    login: optional(login, 'Redirect instead of answering 401.'),
  },
  {
    later: ['issuers', 'key', 'introspection', 'keys', 'users', 'sigv4', 'external', 'certificate'],
  },
);

export type AuthenticatorBlock = Read<typeof authenticator>;
