import fc from 'fast-check';

/** Headers beside the credentials that a decision depends on, or must not depend on. */
export const otherHeader = fc.constantFrom(
  ...[
    'X-Token: {user}',
    'X-Token: ',
    'Accept: text/html',
    'Accept: */*',
    'Accept: text/html;q=0',
    'Accept: a/b, TEXT/HTML ;q=0.5;x',
  ],
  ...[
    'Sec-Fetch-Mode: navigate',
    'Sec-Fetch-Mode: cors',
    'Sec-Fetch-Site: same-origin',
    'Sec-Fetch-Site: cross-site',
    'X-Requested-With: XMLHttpRequest',
  ],
  ...[
    'Origin: http://localhost:18080',
    'Origin: https://evil.test',
    'Origin: null',
    'Access-Control-Request-Method: GET',
  ],
  ...[
    'X-User-Id: admin',
    'X-User-Roles: admin',
    'x-session-id: 1',
    'X_User_Id: admin',
    'X-Forwarded-For: 10.1.2.3',
    'X-Forwarded-For: 10.1.9.3, 10.1.2.3',
    'X-Forwarded-For: ::ffff:10.1.2.3',
  ],
  ...[
    'X-Real-IP: 10.1.2.3',
    'X-HTTP-Method-Override: DELETE',
    'X-Original-URL: /v1/admin',
    'X-Forwarded-Host: evil.test',
    'Forwarded: for=1.2.3.4',
    'Connection: X-User-Id',
    'Connection: close',
  ],
  ...[
    'Upgrade: websocket',
    'TE: trailers',
    'X-Api-Key: a',
    'Proxy: x',
    'X-Set: a',
    'X-Unwanted: b',
    'Gwc-Input-0: Bearer {user}',
    'Gwc-Subject: admin',
  ],
);

/** Header lines that the decision may depend on, or must not depend on. */
export function generatedHeaders(tokens: readonly string[]): fc.Arbitrary<readonly string[]> {
  const often = fc.constantFrom(
    'user',
    'session',
    'admin',
    'goldAdmin',
    'scopeBoth',
    'teams',
    'expPast',
    'sessionExpired',
  );
  const token = fc.oneof(
    { weight: 3, arbitrary: often },
    { weight: 1, arbitrary: fc.constantFrom(...tokens) },
  );
  const authorization = fc
    .tuple(
      fc.constantFrom(
        'Bearer ',
        'Bearer ',
        'Bearer ',
        'bearer ',
        'BEARER ',
        'Bearer',
        'Bearer  ',
        'Bearer\t',
        'Basic ',
        'xBearer ',
        '',
      ),
      token,
    )
    .map(([scheme, name]) => `Authorization: ${scheme}{${name}}`);
  const cookie = fc
    .tuple(
      fc.constantFrom('session', 'session', 'anywhere', 'xsession', 'Session', 'a=b; session', ' session'),
      token,
      fc.constantFrom('', '; a=b', ';', '; session=x', ' ; anywhere=', '; session='),
    )
    .map(([name, value, rest]) => `Cookie: ${name}={${value}}${rest}`);
  const refused = fc.constantFrom(
    'X-Kept: \u0001',
    'X-Kept: é',
    'Host: evil.test',
    'Folded: a\r\n b',
    'Spaced : a',
  );
  const any = fc.oneof(
    { weight: 6, arbitrary: authorization },
    { weight: 4, arbitrary: cookie },
    { weight: 12, arbitrary: otherHeader },
    { weight: 1, arbitrary: refused },
  );
  const sensible = fc
    .tuple(
      fc.oneof(
        often.map((name) => `Authorization: Bearer {${name}}`),
        often.map((name) => `Cookie: session={${name}}`),
      ),
      fc.array(otherHeader, { maxLength: 2 }),
    )
    .map(([credential, others]) => [credential, ...others]);
  return fc.oneof(sensible, fc.array(any, { maxLength: 4 }));
}
