/** Sections of the language reference that no declaration can say: what the fields mean together. */

export const opening = `
# The x-gateway language, version 1

An OpenAPI document says what an API is. \`x-gateway\` adds what a gateway needs beyond that: which back ends serve it, how
credentials are verified, who may do what, and what limits hold. It never repeats what OpenAPI says: paths, methods,
parameters, \`security\`, \`securitySchemes\` and \`servers\` mean exactly what the OpenAPI Specification gives them.

This page is made from the declarations that gwc itself reads documents with. \`gwc schema\` prints the same as JSON Schema for
editors, \`gwc explain FIELD\` prints one row of it.

## Where it stands

- **The root of the document** holds the *root block*. It may be \`x-gateway: {$ref: ./gateway.yaml}\`, so that another team can
  own the file.
- **Path items and operations** hold *facets*. \`defaults\` of the root block holds facets that every operation inherits.
- Anywhere else \`x-gateway\` is an error. Every object is closed: an unknown field is an error, never ignored. YAML merge keys
  (\`<<\`) and \`$ref\` inside a block are unknown fields.

Values are typed and never repaired. What YAML reads as a number or a date is not a text: \`version: 1.10\` is the number 1.1, so
versions stand in quotes. \`yes\`, \`no\`, \`on\` and \`off\` are texts, not truth values. \`null\` is a value only in the
patch of an environment, where it removes a field.

No text may hold control characters, line breaks or direction marks. \`\${env.name}\`, the name of the chosen environment, is the
only substitution; it works in every text value, not in keys. Any other \`\${\` is an error.
`;

export const frontDoor = `
## Front door and paths

\`servers\` (in OpenAPI 2.0 \`host\`, \`basePath\` and \`schemes\`) give host names, base path and ports: what clients call. Back ends
are never guessed from them. A server with \`http\` is accepted on loopback hosts and with \`tls.termination: upstream\`; every
other server is https. A relative or templated server becomes concrete with \`--server URL\`.

Templates compete segment by segment from the left: a literal wins over a literal with a parameter, more literal characters over
fewer, that over a parameter alone, and a greedy parameter comes last. A parameter matches one or more characters and never a
slash. The back end receives the raw path below the base path, byte for byte, behind the path of its own URL; \`rewrite\` names
another path, into which parameters are copied raw. The query is always forwarded as it came.

\`allowInPath\` lets the parameters of an operation carry characters that the canonical form refuses, such as encoded slashes.
Dot segments stay refused.
`;

export const security = `
## Security

The effective security of an operation is its own \`security\`, else the root's.

| effective value | meaning |
|---|---|
| absent at both levels | error: nobody decided. Nothing is emitted |
| \`[]\` on the operation | public. Methods other than GET, HEAD and OPTIONS also need \`public.reason\` |
| \`[]\` at the root | everything is public; needs \`defaults.public.reason\` |
| a list with \`{}\` | optional; needs \`public.reason\`. \`{}\` holds only when no credential of any listed scheme was presented; an invalid credential is 401, never anonymous |
| a list of requirements | tried from left to right; the first whose credentials are all valid, with all their scopes, wins and fixes the identity |
| scopes | all of them are required |

None holds: 401, or 403 when the credentials of an alternative were valid and only scopes were missing. An operation with
\`authorize\` answers an anonymous caller 401.

A path that no template matches is 404, a method that is not declared is 405; both before any credential is looked at. Request
targets that are not in canonical form are answered 400 and never repaired.

### Authenticators

Each security scheme that an operation uses needs \`authenticators.<scheme name>\`. The scheme says where the credential is, the
authenticator how it is verified. One field names the kind; a second one is an error, and so is a field that the kind does not
have.

| field | credential | schemes that may be bound to it |
|---|---|---|
| \`issuer\` or \`issuers\` | JSON Web Tokens (RFC 7519) | http bearer, oauth2, openIdConnect, apiKey |
| \`introspection\` | opaque tokens that the authorization server is asked about (RFC 7662) | the same |
| \`external\` | tokens that a service of your own judges | the same |
| \`keys: consumers\` | API keys of \`consumers\` | apiKey |
| \`users\` | names and passwords (RFC 7617) | http basic; apiKey in the header \`Authorization\` |
| \`certificate\` | client certificates of the TLS connection | mutualTLS; any scheme of OpenAPI 2.0 and 3.0, which lack that type |

Other HTTP authentication schemes (digest and so on) are an error. A requirement with scopes needs a kind that has claims: the
first three.

- **JSON Web Tokens**: the signature is always checked, with an algorithm that both \`algorithms\` and the key allow; \`none\` does
  not exist. \`iss\`, \`aud\` and \`exp\` are required, \`nbf\` and \`iat\` are honoured when present. \`audiences\` are required, of the
  authenticator or of each issuer. Keys come from \`jwks\`: a URL that the gateway fetches, \`{file: path}\` read while building, or
  \`{secret: name}\` read where the gateway runs; without \`jwks\` they are found by OpenID Connect Discovery at
  \`<issuer>/.well-known/openid-configuration\`. Without \`issuer\` an openIdConnect scheme names it: it is the discovery URL without
  that ending, and without a slash at its end unless a lock file says otherwise. \`key\` is a shared secret for HS256, HS384 or
  HS512, which \`algorithms\` must name; it never goes with public keys nor with \`issuers\`.
- **API keys** are known by their SHA-256 hashes under \`consumers.<name>.keys\`: \`gwc key\` makes a key and prints its hash. A hash
  of two consumers and a key that can be guessed are errors. A key never reaches the back end.
- **Certificates**: a listener has one set of authorities, so \`certificate.ca\` is the secret of \`tls.clientCertificate.ca\`; without
  the latter the authenticator itself makes the listener ask. \`subjects\` are written by RFC 4514, the most specific part first
  (\`CN=acme,O=Acme\`); values are compared character by character.
- **Introspection and external** decisions are kept for \`cache\`, at most five minutes. A service that is down, slow or unclear
  denies with 503.

URLs that the gateway asks are https, http on loopback only, and never of a metadata service. A request that carries a credential
in more than one of the places of \`from\` is answered 400. A credential in the query needs the waiver
\`targets.<target>.accept: {query-credential: reason}\`; it is then in no log and never forwarded. An unsafe method whose
credential came from a cookie needs an \`Origin\` of the gateway itself, or \`Sec-Fetch-Site: same-origin\`; else 403.

\`forward\` writes claims into headers for the back end: strings, numbers and booleans as text, lists of strings joined by commas;
\`%\`, control characters, non-ASCII and, inside lists, commas are percent-encoded. Copies of these headers sent by clients are
removed on every operation, public ones too. The header is absent when the claim is. Headers with a meaning of their own
(\`Authorization\`, \`Accept\`, \`Content-*\`, \`X-Forwarded-*\`, …) cannot carry a claim.

\`subject\` is the \`sub\` of a token, the name of a consumer or user, or the subject of a certificate; every kind has one.
\`consumer.id\` is the same for API keys. \`tls.clientCertificate.forward\` writes parts of a verified certificate into headers of its
own for every back end: \`subject\`, \`issuer\`, \`serial\` or \`certificate\` (PEM, percent-encoded).

A claim is written as behind \`claims.\`: \`roles\`, \`realm_access.roles\`, \`["https://example.com/roles"]\`. In \`forward\` it is
written whole: \`claims.sub\`.

### Login redirect

\`login.when\` says who is sent to \`login.url\` where the answer would be 401: \`never\`, \`browser\` (page navigations: GET or HEAD,
\`Sec-Fetch-Mode: navigate\` or, without that header, an \`Accept\` with \`text/html\`; no \`Authorization\`, no \`X-Requested-With\`) or
\`always\` (everything but CORS preflights). The answer is 302 with \`Cache-Control: no-store\`. \`returnParam\` carries the way back,
built from a host of \`servers\`, never from the request. A \`url\` whose query already has that parameter is an error.
`;

export const policies = `
## Policies

\`policies\` gives rules names; \`authorize\` refers to a name or holds a rule itself. A rule is evaluated after authentication; one
that does not hold is 403.

A rule is a text or an object with exactly one of the keys below. A text is the name of a policy, or a comparison \`A == B\`,
\`A != B\` or \`A in B\` of the operands \`claims.<path>\`, \`path.<parameter>\`, \`query.<parameter>\`, \`header.<name>\`,
\`consumer.id\`, \`method\` and \`'literal'\`. Brackets take names with other characters: \`claims["https://example.com/roles"]\`,
\`path["user-id"]\`.
`;

export const policySemantics = `
- \`claim\` goes with exactly one of \`equals\`, \`in\`, \`contains\` and \`exists\`.
- Evaluation has three values: a part whose operand is missing is *unknown*, \`not\` unknown is unknown, and unknown at the top is
  403. \`{claim: c, exists: true}\` asks for presence.
- Values compare with their types: \`1\` is not \`"1"\`. \`path\`, \`query\` and \`header\` operands are texts, percent-decoded once and
  not normalised; a number or truth value of a claim is compared with them by its JSON text.
- A query parameter or header that occurs twice is unknown.
- A rule about claims, scopes or roles is unknown for a caller without a token, \`exists\` too; one about \`consumer.id\` (the name
  of the consumer) or groups for a caller who is no consumer. One that no credential of the operation can make true is an error,
  as are groups that no consumer has and names that are not declared.
- \`ip\` is the client address behind \`edge.trustedProxies\`.
- Rules may be nested 32 levels deep.

### Services that decide

\`external\` asks a service (Open Policy Agent and the like): a POST with \`Content-Type: application/json\` to \`path\` below the URL
of the back end. \`input\` has a member for each word of \`send\`, \`null\` where there is nothing to tell:

\`\`\`json
{
  "input": {
    "method": "GET",
    "path": "/orders/42",
    "query": "page=2",
    "claims": {"sub": "alice"},
    "consumer": {"id": "acme", "groups": ["partners"]},
    "ip": "192.0.2.1"
  }
}
\`\`\`

- \`method\` is that of the operation: HEAD is asked about as the GET that serves it. \`path\` and \`query\` are the raw text of the
  request target, \`query\` without its question mark. \`claims\` are those of the token, \`ip\` is the client address in canonical
  form, behind \`edge.trustedProxies\`.
- Status 200 with \`{"result": true}\` is true, with \`{"result": false}\` false; other members do not matter. Every other answer, and
  none within \`timeout\`, is unknown.
- A service is asked only when the outcome is not certain without it: first everything else is evaluated, then services from the
  left as far as they can still make the rule true, the same question once.
- A decision is kept no longer than the least \`cache\` of the services that it rests on. Its key holds everything that was sent.
`;

export const inheritance = `
## Inheritance

Facets are read in the order \`defaults\`, path item, operation; then the patch of the chosen environment.

| facet | class | several levels |
|---|---|---|
| \`authorize\` | guard | all must hold |
| \`ip\` | guard | every \`allow\` list must hold, any \`deny\` list refuses |
| \`limits\` | guard | every limit applies; it is counted at the level that declares it: one in \`defaults\` is shared by all operations, a path's by that path's, an operation's is its own |
| \`bodySize\` | guard | the smallest value |
| \`clientCertificate\` | guard | the strictest value, never less than \`tls.clientCertificate.mode\` |
| every other facet | setting | the nearest level, as a whole |

A level that would weaken a guard of an upper level is an error unless it says \`relax: {<guard>: reason}\`; then its own value
replaces the inherited one, for that guard only. A built-in default is not an inherited guard: a larger \`bodySize\` than \`1mb\`
needs no \`relax\`.

### Limits

A limit is a token bucket: \`burst\` requests may come at once, and the bucket is refilled with \`rate\`. A request over a limit is
answered 429. \`burst: 1\` spaces requests evenly; zero would allow nothing and is an error. \`limits: []\` declares none, which
means something only together with \`relax: {limits: reason}\`.
`;

export const environments = `
## Environments

\`environments.<name>\` is a JSON Merge Patch (RFC 7396) on the root block; \`operations.<operationId>\` inside it patches the facets
of one operation. \`tls.certificate\` and each secret are replaced whole; a patched \`url\` or \`nodes\` of a back end removes the
other. A patch that removes or weakens a guard, or holds \`relax\`, is an error unless the environment is named in
\`--allow-relax-in\`.

The fields and values of every environment are checked in every build, also when another environment or none is chosen. An
environment cannot contain environments. A document whose base is incomplete builds only with \`--env\`.
`;

export const secrets = `
## Secrets

\`{secret: name}\` is the only way to mention a secret, and \`secrets.<name>\` says where it comes from. A literal in its place is an
error, and gwc does not repeat it. Each target takes the first source that it can deliver: for NGINX \`file\` is read at start from
that path, \`env\` is written to a file by the emitted start script. gwc never reads a secret.
`;

export const decisions = `
## Rules of this implementation

Where a narrower rule is safer, gwc has the narrower rule:

- Header names are letters, digits and hyphens: servers drop, and back ends confuse, the other characters that RFC 9110 allows.
  Header values are visible ASCII with blanks between words and are never empty (\`removeHeaders\` takes a header away).
- \`request\` and \`response\` cannot touch headers of the connection or the framing (\`Host\`, \`Content-Length\`, \`Connection\`,
  \`Transfer-Encoding\`, \`Upgrade\`, …). \`request\` cannot touch what the gateway itself sets or removes (\`X-Forwarded-*\`,
  \`X-Request-Id\`, method overrides, …) and cannot set \`Authorization\` or \`Cookie\`: a credential does not belong in a document.
  \`response\` cannot touch \`Strict-Transport-Security\`: \`tls.hsts\` does.
- URLs have no user name and no fragment; hosts are ASCII names (write internationalised names in punycode) or plain IP
  addresses. Link-local, metadata, multicast and unspecified addresses are errors in every spelling. The path is canonical and
  free of \`; ' $\` and encoded slashes. Plain http is for back ends, and for loopback hosts elsewhere.
- CIDR ranges have no bits behind their prefix. IPv4-mapped IPv6 means IPv4. A range of every address is no trusted proxy.
- \`tls\` on an http back end is an error, and so are nodes with different schemes or paths, or one node twice.
- A size is at least one byte; 1kb is 1,024 bytes.
- Names of files have letters, digits and \`. _ @ + ~ = , - /\`, and no \`..\`. The file of \`jwks\` stands below the folder of the
  document; all other files are on the machine of the gateway, and gwc never opens them.
`;

export const notYet = `
## Not in this version

These fields belong to the language and are not in this version. They are errors, so that a document never promises what the
gateway does not do.
`;
