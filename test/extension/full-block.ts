/** A root block that uses every field of this version, and none wrongly. */
export const fullRoot = `
version: 1
name: shop
backends:
  orders:
    url: https://orders.internal/base
    host: client
    tls:
      verify: true
      ca: {secret: internal-ca}
      serverName: orders.internal
      clientCertificate: {cert: {secret: gw-cert}, key: {secret: gw-key}}
    timeouts: {connect: 2s, read: 20s}
  users:
    nodes: [{url: 'http://10.0.1.10:8080', weight: 2}, {url: 'http://[2001:db8::1]:8080'}]
    balance: least-connections
authenticators:
  user:
    issuer: https://id.example.com/
    audiences: [shop, 'https://shop.example.com']
    jwks: {file: keys/issuer.jwks.json}
    algorithms: [ES256, RS256]
    clockSkew: 60s
    scopeClaim: scope
    roleClaim: '["https://example.com/roles"]'
    from: [{header: Authorization}, {cookie: __Host-session}]
    forward: {X-User-Id: claims.sub, X-User-Roles: 'claims["https://example.com/roles"]'}
    stripToken: true
    login: {when: browser, url: 'https://login.example.com/start?app=shop', returnParam: return_to}
  staff:
    issuers:
      - {issuer: https://a.example.com/, jwks: 'https://a.example.com/keys?v=1', audiences: [shop]}
      - {issuer: https://b.example.com/, jwks: {secret: key-set}}
    audiences: [staff]
    algorithms: [EdDSA]
  batch: {issuer: https://c.example.com/, audiences: [batch], key: {secret: shared-key}, algorithms: [HS256, HS512]}
  opaque:
    introspection: {url: https://id.example.com/introspect, clientId: gateway, clientSecret: {secret: client-secret}, cache: 10s}
    audiences: [shop]
    from: [{query: access_token}]
  partner: {keys: consumers, forward: {X-Partner: consumer.id}, stripToken: true}
  operator: {users: {secret: users}, forward: {X-Operator: subject}}
  machine: {certificate: {ca: {secret: client-ca}, subjects: ['CN=acme,O=Acme', 'CN=Acme\\, Inc.']}}
  legacy: {external: {backend: users, path: /verify, timeout: 500ms, cache: 10s}, scopeClaim: scope}
consumers:
  acme: {keys: [{sha256: c41f7a90e2d85b630b9d2e7f45a1c8367e60d1f2984bac535d3a8c17f0e2b694}], groups: [partners]}
policies:
  owner: claims.sub == path.userId
  admin: {role: admin}
  owner-or-admin: {any: [owner, admin]}
  can-refund:
    all:
      - {scope: 'orders:refund'}
      - {any: [{role: finance}, {ip: [10.0.0.0/8, '2001:db8::/32']}]}
      - {not: {claim: suspended, equals: true}}
      - {claim: level, in: [1, gold]}
      - {claim: realm_access.roles, contains: staff}
      - {claim: suspended, exists: true}
secrets:
  internal-ca: {file: /etc/gateway/ca.pem}
  key-set: {file: /etc/gateway/keys.json}
  shared-key: {env: SHARED_KEY}
  client-secret: {env: CLIENT_SECRET}
  users: {file: /etc/gateway/users}
  client-ca: {file: /etc/gateway/clients.pem}
  gw-cert: {vault: 'kv/gateway#cert', env: GW_CERT}
  gw-key: {secretsManager: 'prod/gateway#key', ssm: /prod/gateway/key}
defaults:
  backend: orders
  bodySize: 256kb
  timeout: 20s
  limits: [{rate: 50/s, burst: 100, per: ip}, {rate: 1000/m, per: all}]
  ip: {allow: [10.0.0.0/8], deny: [10.6.6.6]}
tls:
  termination: here
  certificate: {files: {cert: tls/shop.crt, key: tls/shop.key}}
  minVersion: '1.2'
  hsts: 365d
  redirectHttp: true
  clientCertificate: {mode: optional, ca: {secret: client-ca}, forward: {X-Cert-Subject: subject, X-Cert: certificate}}
edge: {trustedProxies: [192.0.2.0/24]}
logging:
  access: {format: json, fields: [time, method, header.x-trace, query.page], redact: [header.x-secret, query.token]}
environments:
  dev: {backends: {orders: {url: 'http://127.0.0.1:9000'}}}
targets:
  nginx:
    version: '1.22'
    user: www-data
    workers: auto
    paths: {modules: /usr/lib/nginx/modules, certificates: /etc/ssl/certs/ca-certificates.crt, cache: /run/gwc}
    resolver: [10.0.0.2, '[2001:db8::53]:5353']
    listen: {http: 8080, https: 8443, internal: '127.0.0.1:9000', verifier: 9001}
    errorLog: crit
    accept: {timeout: the back end has a limit of its own}
`;

/** Every facet of this version. */
export const fullFacets = `
public: {reason: marketing pages read it}
authorize: {any: [owner, {role: admin}, "claims.sub == 'x'"]}
ip: {allow: [198.51.100.0/24], deny: ['2001:db8::1']}
limits: [{rate: 5/m, burst: 2, per: all}]
bodySize: 64kb
clientCertificate: require
relax: {authorize: the bank signs its calls, ip: the bank has its own range, limits: they batch, bodySize: documents, clientCertificate: health checks}
backend: users
rewrite: /v1/users/{userId}/profile
timeout: 2500ms
login: always
expose: internal
request: {setHeaders: {X-Gateway: shop}, addHeaders: {X-Tag: "a b"}, removeHeaders: [X-Debug]}
response: {setHeaders: {Cache-Control: no-store}, addHeaders: {Link: '</a>; rel="next"'}, removeHeaders: [X-Powered-By]}
greedy: [rest]
allowInPath: {characters: ['%2F', ';'], reason: identifiers hold slashes}
targets: {nginx: {accept: {limits: one node only}}}
`;
