/** A mistake in a module of the authorizer: one place of its text is another. */
export interface Sabotage {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const of = (file: string, ...mistakes: readonly (readonly [string, string, string])[]): readonly Sabotage[] =>
  mistakes.map(([name, from, to]) => ({ name, file, from, to }));

export const sabotages: readonly Sabotage[] = [
  ...of(
    'claims.js',
    ['tokens never end', '!isTime(exp) || now + ttl >= exp + skew', 'false'],
    ['the time that a decision is kept does not count', 'now + ttl >= exp + skew', 'now >= exp + skew'],
    ['skew counts twice', 'now + ttl >= exp + skew', 'now + ttl >= exp + 2 * skew'],
    ['tokens hold before their time', "hasBegun(claims, 'nbf', skew, now) &&", ''],
    ['audiences do not count', 'audiences.includes(one)', 'true'],
    ['words may be parts of words', 'text === undefined ? undefined : encode(text)', 'text'],
    [
      'scopes of any claim count',
      '.find((value) => value !== undefined)',
      '.findLast((value) => value !== undefined)',
    ],
  ),
  ...of(
    'jws.js',
    [
      'signatures are not verified',
      'if (!algorithms.includes(algorithm)) return false;',
      'if (algorithm !== "x") return true;',
    ],
    ['the algorithm of the header counts', 'if (!algorithms.includes(algorithm)) return false;', ''],
    [
      'critical extensions are ignored',
      "if (Object.hasOwn(header, 'crit') || Object.hasOwn(header, 'b64')) return false;",
      '',
    ],
    ['tokens of any type count', 'types.includes(type.toLowerCase())', 'true'],
    ['ECDSA signatures in DER count', "dsaEncoding: 'ieee-p1363'", "dsaEncoding: 'der'"],
    ['longer tokens count', 'const maximumTokenBytes = 8192;', 'const maximumTokenBytes = 81920;'],
  ),
  ...of(
    'json.js',
    [
      'a key may occur twice',
      'membersIn(value, 1) === colonsIn(text)',
      'membersIn(value, 1) <= colonsIn(text)',
    ],
    ['half a surrogate pair is a text', 'value.isWellFormed() ? 0 : Number.NaN', '0'],
    ['depth does not count', 'if (depth > maxDepth) return Number.NaN;', ''],
  ),
  ...of('base64url.js', [
    'any base64 counts',
    "bytes.toString('base64url') === text ? bytes : undefined",
    'bytes',
  ]),
  ...of('token.js', [
    'any issuer is trusted',
    "issuers.find(({ issuer }) => issuer === own(claims, 'iss'))",
    'issuers[0]',
  ]),
  ...of(
    'credentials.js',
    ['a second credential is ignored', 'others.length === 0 && isAscii(text) ? text', 'isAscii(text) ? text'],
    ['any scheme is a bearer token', '`^${scheme}(?![', '`^(?!['],
    [
      'a second cookie is ignored',
      'text: others.length === 0 && isAscii(only) ? only : undefined',
      'text: only',
    ],
  ),
  ...of(
    'decision.js',
    ['ambiguous credentials count', 'credentials.some(({ length }) => length > 1)', 'false'],
    [
      'a bad token is anonymous',
      "if (credentials.some(({ length }) => length > 0)) return unauthenticated('invalid-token');",
      '',
    ],
    ['anonymous callers pass policies', '!guard.optional || guard.policies.length > 0', '!guard.optional'],
    ['everybody is anonymous', '!guard.optional || guard.policies.length > 0', 'false'],
    ['scopes do not count', 'scopes.every((scope) => held?.includes(scope))', 'true'],
    [
      'one scope is enough',
      'scopes.every((scope) => held?.includes(scope))',
      'scopes.length === 0 || scopes.some((scope) => held?.includes(scope))',
    ],
    [
      'one of two credentials is enough',
      "if (judged === 'invalid') return judged;",
      "if (judged === 'invalid') break;",
    ],
    ['policies do not count', 'if (!(await allHold(guard.policies, who, request, ask)))', 'if (false)'],
    [
      'other sites may use cookies',
      "if (!isSameSite(guard.origins, request)) return { outcome: 'deny', reason: 'cross-site' };",
      '',
    ],
    ['any origin is the own one', 'origins.includes(origin)', 'origin !== undefined'],
  ),
  ...of('kleene.js', [
    'what is unknown is not so',
    "truth === 'unknown' ? truth : !truth",
    "truth === 'unknown' ? true : !truth",
  ]),
  ...of(
    'policy.js',
    ['unknown is enough', 'return prospects.now === true;', 'return prospects.now !== false;'],
    [
      'one part of all is enough',
      'const now = conjunction(parts.map((part) => part.now));',
      'const now = disjunction(parts.map((part) => part.now));',
    ],
  ),
  ...of(
    'rule.js',
    [
      'types do not count',
      "if (typeof left === 'object' || typeof left !== typeof right) return 'unknown';\n",
      'return String(left) === String(right);\n',
    ],
    [
      'the first of two values counts',
      'return values.length === 1 ? values[0] : undefined;',
      'return values[0];',
    ],
  ),
  ...of(
    'path.js',
    ['odd paths are served', 'if (!pathBytes.test(path)) return false;', 'return true;'],
    [
      'paths of others are served',
      'if (match === null) return undefined;',
      'if (match === null) return new Map();',
    ],
    ['what API Gateway understood does not count', 'return agree ?', 'return true ?'],
  ),
  ...of('rest.js', ['refusals allow', "Effect: outcome === 'allow' ? 'Allow' : 'Deny'", "Effect: 'Allow'"]),
  ...of('authorizer.js', [
    'an unknown operation is public',
    'if (found === undefined) throw new Error(`no operation is called ${request.operation}`);\n    const [guard, template] = found;',
    'const [guard, template] = found ?? [0];',
  ]),
];
