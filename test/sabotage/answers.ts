import { changing, edit, features, type Sabotage } from './sabotage.ts';

const front = /^conf\/front-0\.conf$/;
const problems = /^conf\/problems\.conf$/;
const request = /^conf\/request\.conf$/;
const main = /^nginx\.conf$/;
const encoder = /^njs\/query\.js$/;

/** Gateways that tell back ends or callers something else than they should. */
export const answerSabotages: readonly Sabotage[] = [
  ...[
    'X-User-Id',
    'X-Session-Id',
    'X-HTTP-Method-Override',
    'X-Original-URL',
    'X-Real-IP',
    'Forwarded',
    'X-SSL-Client-Verify',
    'Proxy',
    'X-Accel-Redirect',
    'Proxy-Authorization',
    'X-Request-Id',
  ].map((name) => ({
    name: `${name} of the client`,
    rows: ['I1', 'I5', 'M6', 'H3', 'B5', 'H10', 'G4'],
    alter: edit(front, new RegExp(`proxy_set_header "${name}" [^;]*;`, 'g'), ''),
  })),
  {
    name: 'a header of one operation lacks the others',
    rows: ['I1'],
    alter: edit(front, /\n {4}proxy_set_header "X-User-Id" [^;]*;/, ''),
  },
  {
    name: 'X-Forwarded-For is appended to',
    rows: ['H3'],
    alter: edit(
      front,
      /proxy_set_header "X-Forwarded-For" [^;]*;/g,
      'proxy_set_header "X-Forwarded-For" "$proxy_add_x_forwarded_for";',
    ),
  },
  {
    name: 'X-Forwarded-Host is what the client says',
    rows: ['H3'],
    alter: edit(
      front,
      /proxy_set_header "X-Forwarded-Host" [^;]*;/g,
      'proxy_set_header "X-Forwarded-Host" "$http_host";',
    ),
  },
  {
    name: 'underscores in header names',
    rows: ['H6', 'I2'],
    alter: edit(main, 'underscores_in_headers off', 'underscores_in_headers on'),
  },
  {
    name: 'the token is not removed',
    rows: ['I4'],
    alterModel: changing((gateway) => ({
      ...gateway,
      authenticators: gateway.authenticators.map((one) => ({ ...one, stripToken: false })),
    })),
  },
  {
    name: 'every token is removed',
    rows: ['I4'],
    alterModel: changing((gateway) => ({
      ...gateway,
      authenticators: gateway.authenticators.map((one) => ({ ...one, stripToken: true })),
    })),
  },
  {
    name: 'claims are forwarded as they are',
    rows: ['I3'],
    alter: edit(
      /^njs\/decision\.js$/,
      'const text = claims.headerText(fact);',
      "const text = fact === undefined ? fact : String(fact).replace(/[\\r\\n]/g, '');",
    ),
  },
  {
    name: 'headers that an operation removes',
    rows: ['I1'],
    alterModel: features('headers', ({ requestHeaders }) => ({
      requestHeaders: requestHeaders && { ...requestHeaders, value: { ...requestHeaders.value, remove: [] } },
    })),
  },
  { name: 'a secret of the back end', rows: ['I1'], alter: edit(front, 'proxy_hide_header "X-Secret";', '') },
  {
    name: 'what the back end runs on',
    rows: ['R10'],
    alter: edit(front, 'proxy_hide_header "X-Powered-By";', ''),
  },
  { name: 'the version of nginx', rows: ['R10'], alter: edit(main, 'server_tokens off', 'server_tokens on') },
  {
    name: 'the back end chooses a place inside',
    rows: ['R8'],
    alter: edit(main, /proxy_ignore_headers [^;]*;/, ''),
  },
  {
    name: 'answers of the back end are replaced',
    rows: ['R8'],
    alter: edit(main, 'proxy_intercept_errors off', 'proxy_intercept_errors on'),
  },
  {
    name: 'redirects of the back end are rewritten',
    rows: ['R8'],
    alter: edit(main, 'proxy_redirect off', 'proxy_redirect http://127.0.0.1 http://localhost'),
  },
  {
    name: 'bodies of any size',
    rows: ['H8'],
    alter: edit(
      /^conf\/(front-0|operations-0-public)\.conf$/,
      /client_max_body_size 1024;/g,
      'client_max_body_size 0;',
    ),
  },
  {
    name: 'headers of any size',
    rows: ['H7'],
    alter: edit(main, /large_client_header_buffers [^;]*;/, 'large_client_header_buffers 16 64k;'),
  },
  {
    name: 'the unknown host is the first one',
    rows: ['H1'],
    alter: edit(main, /include "?conf\/default-servers\.conf"?;/, ''),
  },
  { name: 'POST is sent to log in', rows: ['R5'], alter: edit(request, '(?:GET|HEAD)', '(?:GET|HEAD|POST)') },
  {
    name: 'scripts are sent to log in',
    rows: ['R5'],
    alter: edit(request, '$http_x_requested_with', ''),
  },
  {
    name: 'programs with a token are sent to log in',
    rows: ['R5'],
    alter: edit(request, /(map "\$request_method\\n)\$http_authorization/, (_, before) => before ?? ''),
  },
  {
    name: 'a preflight is sent to log in',
    rows: ['R5'],
    alter: edit(request, '"always//" 1;', '"always//" 1;\n  "always//1" 1;'),
  },
  {
    name: 'the host header chooses where people return',
    rows: ['R3'],
    alter: edit(request, 'http%3A%2F%2Flocalhost', 'http%3A%2F%2F${http_host}'),
  },
  {
    name: 'people return to a decoded address',
    rows: ['R3'],
    alter: edit(encoder, '= r.variables.request_uri', '= decodeURIComponent(r.variables.request_uri)'),
  },
  {
    name: 'people return to a normalized address',
    rows: ['R2', 'R3'],
    alter: edit(encoder, 'r.variables.request_uri', 'r.variables.uri'),
  },
  {
    name: 'the address to return to is not encoded',
    rows: ['R2', 'R3'],
    alter: edit(encoder, /return encodeURIComponent\(/, 'return ('),
  },
  {
    name: 'an address of any length to return to',
    rows: ['R3'],
    alter: edit(request, '[^\\\\x0a]{0,1002}', '[^\\\\x0a]*'),
  },
  {
    name: 'redirects may be stored',
    rows: ['R2'],
    alter: edit(
      problems,
      /(location @gw_unauthenticated \{[^}]*?)add_header Cache-Control no-store always;/,
      (_, before) => before ?? '',
    ),
  },
  {
    name: 'redirects do not say what they depend on',
    rows: ['R2'],
    alter: edit(problems, /add_header Vary [^;]*;/, ''),
  },
  {
    name: 'who may not is sent to log in',
    rows: ['R6'],
    alter: edit(
      problems,
      /(location @gw_forbidden \{)/,
      (_, head) => `${head}\n  if ($gw_login != "") {\n    return 302 $gw_login;\n  }`,
    ),
  },
  {
    name: 'who may not is not known',
    rows: ['R6'],
    alter: edit(problems, 'error_page 403 = @gw_forbidden;', 'error_page 403 = @gw_unauthenticated;'),
  },
  {
    name: 'problems may be stored',
    rows: ['J1', 'M2'],
    alter: edit(problems, 'no-store always;', 'no-store;'),
  },
  {
    name: 'no challenge',
    rows: ['J1'],
    alter: edit(problems, /(add_header WWW-Authenticate [^;]*) always;/g, (_, before) => `${before};`),
  },
  {
    name: 'a challenge that names the reason',
    rows: ['J26', 'J3'],
    alter: edit(
      /^njs\/decision\.js$/,
      'error="invalid_token"',
      'error="invalid_token", error_description="jwt exp"',
    ),
  },
  {
    name: 'problems of nginx itself',
    rows: ['M2'],
    alter: edit(problems, /error_page 404 = [^;]*;/, ''),
  },
];
