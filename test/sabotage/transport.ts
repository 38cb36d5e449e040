import { edit, editFile, type Sabotage } from './sabotage.ts';

const main = /^nginx\.conf$/;
const fronts = /^conf\/front-\d+\.conf$/;
const httpsFronts = /^conf\/front-[01]\.conf$/;
const redirects = /^conf\/front-[23]\.conf$/;
const problems = /^conf\/problems\.conf$/;
const defaults = /^conf\/default-servers\.conf$/;

/** Gateways that speak to the wrong one, or in the clear. */
export const transportSabotages: readonly Omit<Sabotage, 'rows'>[] = [
  {
    name: 'back ends are not verified',
    alter: edit(fronts, 'proxy_ssl_verify on', 'proxy_ssl_verify off'),
  },
  {
    name: 'back ends get no server name',
    alter: edit(fronts, 'proxy_ssl_server_name on', 'proxy_ssl_server_name off'),
  },
  {
    name: 'the name of a back end is its address',
    alter: edit(fronts, /proxy_ssl_name "backend\.test";/, ''),
  },
  {
    name: 'back ends of any authority of ours',
    alter: editFile(fronts, (text) => {
      const ours = /proxy_ssl_trusted_certificate "[^"]*\/ca\.crt";/.exec(text)?.[0] ?? '';
      return text.replace(/proxy_ssl_trusted_certificate "\/etc[^;]*;/, ours);
    }),
  },
  {
    name: 'no client certificate',
    alter: edit(fronts, /proxy_ssl_certificate(_key)? [^;]*;/, ''),
  },
  {
    name: 'one pool of connections for every policy',
    alter: edit(fronts, 'gw_backend_wrong-name', 'gw_backend_unverified'),
  },
  {
    name: 'TLS 1.0',
    alter: edit(
      main,
      /ssl_protocols [^;]*;\s*ssl_ciphers [^;]*;/,
      'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers DEFAULT@SECLEVEL=0;',
    ),
  },
  { name: 'weak ciphers', alter: edit(main, /ssl_ciphers [^;]*;/, 'ssl_ciphers ALL:@SECLEVEL=0;') },
  { name: 'only the newest TLS', alter: edit(main, /ssl_protocols [^;]*;/, 'ssl_protocols TLSv1.3;') },
  {
    name: 'any server name',
    alter: edit(
      defaults,
      'ssl_reject_handshake on;',
      'ssl_certificate tls/localhost.crt; ssl_certificate_key tls/localhost.key;',
    ),
  },
  {
    name: 'the host may differ from the server name',
    alter: edit(httpsFronts, /if \(\$gw_misdirected\) \{\s*return 421;\s*\}/, ''),
  },
  {
    name: 'the API in the clear',
    alter: editFile(redirects, (text) =>
      text.replace(/return 308 [^;]*;/, 'proxy_pass "http://gw_backend_several";'),
    ),
  },
  {
    name: 'a redirect to the host that the client names',
    alter: edit(redirects, /return 308 "https:\/\/[^$"]*/, 'return 308 "https://${http_host}'),
  },
  {
    name: 'a temporary redirect to TLS',
    alter: edit(redirects, 'return 308', 'return 302'),
  },
  {
    name: 'a redirect of what is not canonical',
    alter: edit(redirects, /if \(\$gw_count = ""\) \{\s*return 470;\s*\}/, ''),
  },
  {
    name: 'a redirect for unknown hosts',
    alter: edit(defaults, 'return 421;', 'return 308 "https://localhost/";'),
  },
  {
    name: 'no strict transport security',
    alter: edit(fronts, /add_header Strict-Transport-Security [^;]*;/, ''),
  },
  {
    name: 'no strict transport security on problems',
    alter: edit(problems, /add_header Strict-Transport-Security [^;]*;/, ''),
  },
  {
    name: 'strict transport security on good answers only',
    alter: edit(
      problems,
      /(add_header Strict-Transport-Security [^;]*) always;/,
      (_, before) => `${before};`,
    ),
  },
  {
    name: 'a POST is tried again',
    alter: edit(
      fronts,
      'proxy_next_upstream error timeout;',
      'proxy_next_upstream error timeout non_idempotent;',
    ),
  },
  {
    name: 'a PUT is tried again',
    alter: edit(fronts, 'proxy_next_upstream off;', 'proxy_next_upstream error timeout;'),
  },
  {
    name: 'no other node is tried',
    alter: edit(fronts, 'proxy_next_upstream error timeout;', 'proxy_next_upstream off;'),
  },
  {
    name: 'a back end may take its time',
    alter: edit(fronts, 'proxy_read_timeout 1s;', 'proxy_read_timeout 30s;'),
  },
  {
    name: 'issuers are not verified',
    alter: edit(/^conf\/key-sets\.conf$/, 'proxy_ssl_verify on', 'proxy_ssl_verify off'),
  },
  {
    name: 'services that decide are not verified',
    alter: edit(/^conf\/questions\.conf$/, 'proxy_ssl_verify on', 'proxy_ssl_verify off'),
  },
];
