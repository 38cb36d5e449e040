import type { Directive } from './parse.ts';
import { walkDirectives } from './structure.ts';

type Context = 'main' | 'events' | 'http' | 'server' | 'location' | 'upstream' | 'if';

/** Names of directives by the blocks they may stand in. What is not here is not emitted. */
const allowed: { readonly [C in Context]: string } = {
  main: `user worker_processes worker_rlimit_nofile worker_shutdown_timeout pcre_jit pid error_log load_module events
    http`,
  events: 'worker_connections multi_accept',
  http: `include js_path js_import js_set js_var map geo types default_type upstream server log_format access_log error_log
    map_hash_bucket_size map_hash_max_size variables_hash_bucket_size variables_hash_max_size
    server_names_hash_bucket_size server_names_hash_max_size types_hash_max_size proxy_headers_hash_bucket_size
    proxy_headers_hash_max_size server_tokens sendfile tcp_nopush tcp_nodelay keepalive_timeout keepalive_requests
    client_body_timeout client_header_timeout client_body_buffer_size client_header_buffer_size client_max_body_size
    client_body_temp_path proxy_temp_path fastcgi_temp_path uwsgi_temp_path scgi_temp_path
    large_client_header_buffers send_timeout reset_timedout_connection lingering_close underscores_in_headers
    ignore_invalid_headers merge_slashes absolute_redirect port_in_redirect server_name_in_redirect
    limit_req_zone limit_req_status limit_req_log_level limit_conn_zone limit_conn_status proxy_cache_path
    resolver resolver_timeout set_real_ip_from real_ip_header real_ip_recursive ssl_protocols ssl_ciphers
    ssl_prefer_server_ciphers ssl_session_cache ssl_session_timeout ssl_session_tickets ssl_ecdh_curve ssl_conf_command
    log_not_found log_subrequest uninitialized_variable_warn rewrite_log msie_padding max_ranges etag http2 gzip
    proxy_http_version proxy_buffering proxy_request_buffering proxy_buffers proxy_buffer_size proxy_busy_buffers_size
    proxy_next_upstream proxy_next_upstream_tries proxy_next_upstream_timeout proxy_connect_timeout proxy_read_timeout
    proxy_send_timeout proxy_redirect proxy_intercept_errors proxy_max_temp_file_size proxy_ignore_headers
    proxy_pass_request_headers proxy_pass_request_body proxy_set_header proxy_hide_header proxy_socket_keepalive
    add_header error_page recursive_error_pages max_headers request_pool_size open_file_cache open_file_cache_valid open_file_cache_errors`,
  server: `include listen server_name root location return rewrite set if error_page recursive_error_pages access_log
    error_log default_type server_tokens ssl_certificate ssl_certificate_key ssl_protocols ssl_ciphers
    ssl_prefer_server_ciphers ssl_session_cache ssl_session_timeout ssl_session_tickets ssl_ecdh_curve ssl_conf_command
    ssl_reject_handshake ssl_stapling ssl_stapling_verify ssl_client_certificate ssl_verify_client ssl_verify_depth
    http2 add_header client_max_body_size client_body_timeout client_header_timeout client_body_buffer_size
    client_header_buffer_size large_client_header_buffers keepalive_timeout keepalive_requests send_timeout
    underscores_in_headers ignore_invalid_headers merge_slashes absolute_redirect port_in_redirect
    server_name_in_redirect set_real_ip_from real_ip_header real_ip_recursive limit_req limit_req_status
    limit_req_log_level limit_conn allow deny log_not_found log_subrequest rewrite_log lingering_close
    uninitialized_variable_warn proxy_set_header proxy_hide_header auth_request_set`,
  location: `include internal return rewrite try_files set if location root error_page recursive_error_pages access_log error_log
    default_type types add_header client_max_body_size client_body_timeout client_body_buffer_size send_timeout allow
    deny auth_basic auth_basic_user_file auth_request auth_request_set js_content subrequest_output_buffer_size limit_req limit_req_status limit_req_log_level limit_conn
    proxy_pass proxy_http_version proxy_method proxy_set_header proxy_hide_header proxy_pass_header proxy_ignore_headers
    proxy_pass_request_headers proxy_pass_request_body proxy_set_body proxy_connect_timeout proxy_read_timeout
    proxy_send_timeout proxy_next_upstream proxy_next_upstream_tries proxy_next_upstream_timeout proxy_buffering
    proxy_request_buffering proxy_buffers proxy_buffer_size proxy_busy_buffers_size proxy_max_temp_file_size
    proxy_intercept_errors proxy_redirect proxy_socket_keepalive proxy_cache proxy_cache_key proxy_cache_methods
    proxy_cache_valid proxy_cache_lock proxy_cache_lock_timeout proxy_cache_lock_age proxy_cache_bypass proxy_no_cache
    proxy_cache_min_uses proxy_cache_use_stale proxy_cache_background_update proxy_cache_revalidate
    proxy_cache_convert_head proxy_ssl_server_name proxy_ssl_name proxy_ssl_verify proxy_ssl_verify_depth
    proxy_ssl_trusted_certificate proxy_ssl_certificate proxy_ssl_certificate_key proxy_ssl_protocols proxy_ssl_ciphers
    proxy_ssl_session_reuse log_not_found log_subrequest keepalive_timeout lingering_close max_ranges`,
  upstream: 'server keepalive keepalive_requests keepalive_timeout keepalive_time zone least_conn ip_hash',
  // Anything but return inside `if` has surprised everyone who used it.
  if: 'return',
};

const byContext: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(allowed).map(([context, names]) => [context, new Set(names.split(/\s+/))]),
);

/** Arguments that could make nginx read, load or run something else. */
const argumentRules: ReadonlyMap<string, RegExp> = new Map([
  ['load_module', /^[A-Za-z0-9._/-]*ngx_http_js_module\.so$/],
  ['include', /^(?!\/)(?!.*\.\.)[A-Za-z0-9._/-]+\.(?:conf|types)$/],
  ['js_path', /^(?!.*\.\.)[A-Za-z0-9._/-]+$/],
  ['root', /^(?!.*\.\.)[A-Za-z0-9._/-]+$/],
]);

/**
 * One sentence for each directive that is not on the list of those that gwc emits, stands where it may not, or has an
 * argument outside its rule. `context` is where a fragment is included.
 */
export function disallowedDirectives(
  directives: readonly Directive[],
  context: Context = 'main',
): readonly string[] {
  const found: string[] = [];
  walkDirectives(directives, (directive, within = context) => {
    if (byContext.get(within)?.has(directive.name) !== true) {
      found.push(
        `line ${directive.line}: "${directive.name}" is not a directive that is emitted in "${within}".`,
      );
    }
    const rule = argumentRules.get(directive.name);
    if (rule !== undefined && !directive.args.every((one) => rule.test(one))) {
      found.push(`line ${directive.line}: "${directive.name}" has an argument that is never emitted.`);
    }
  });
  return found;
}
