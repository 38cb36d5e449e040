import type { Gateway } from '../../../model/gateway.ts';
import type { Directive } from '../reparse/parse.ts';
import { type FetchedKeySet, fetchedKeySets } from '../verifier/key-sets.ts';
import { argumentsOf, type Configuration, named } from './read-back.ts';

/** Every key set is asked for where the model says, over TLS that is verified, and nobody outside can ask. */
export function checkKeySets(gateway: Gateway, files: Configuration): readonly string[] {
  const locations = named(files.get('conf/key-sets.conf'), 'location');
  const upstreams = named(files.get('conf/key-sources.conf'), 'upstream');
  return fetchedKeySets(gateway).flatMap((set) => {
    const places = set.kind === 'discovery' ? ['remote', 'discovered'] : ['remote'];
    const asked = places.map(
      (place) => locations.find(({ args }) => args[1] === `/${place}/${set.id}`)?.block,
    );
    const servers = upstreams.find(({ args }) => args[0] === `gw_keys_${set.id}`)?.block;
    const [server] = argumentsOf(servers, 'server') ?? [];
    const isSound =
      server === `${set.url.host}:${set.url.port}` && asked.every((block) => asksIssuer(block, set));
    return isSound ? [] : [`The keys at "${set.url.text}" are not asked for as the model says.`];
  });
}

function asksIssuer(block: readonly Directive[] | undefined, { id, url }: FetchedKeySet): boolean {
  const [target = ''] = argumentsOf(block, 'proxy_pass') ?? [];
  const isPlain =
    argumentsOf(block, 'internal') !== undefined &&
    argumentsOf(block, 'proxy_pass_request_headers')?.[0] === 'off' &&
    target.startsWith(`${url.scheme}://gw_keys_${id}/`);
  if (!isPlain || url.scheme === 'http') return isPlain;
  return (
    argumentsOf(block, 'proxy_ssl_verify')?.[0] === 'on' &&
    argumentsOf(block, 'proxy_ssl_trusted_certificate') !== undefined &&
    argumentsOf(block, 'proxy_ssl_name')?.[0] === url.host.replace(/^\[|\]$/g, '')
  );
}
