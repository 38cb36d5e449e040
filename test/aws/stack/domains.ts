import type { Deployed, Domain, LoadedStack } from './deployed.ts';

/** Where a request of a host belongs, and what of its path is below the mapping. */
export interface Located {
  readonly deployed: Deployed;
  readonly domain: Domain | undefined;
  readonly path: string;
}

/** What API Gateway answers where no API is: its own 403 (assumed: as on an unknown mapping of a domain). */
export type Unlocated = 'forbidden';

/**
 * API Gateway Developer Guide, "Custom domain name for public REST APIs" and "Use API mappings": the longest key whose
 * segments begin the path wins. The name is compared without its port, its final dot and its case (assumed). The default
 * endpoint `<id>.execute-api.<region>.amazonaws.com/<stage>` answers unless it is disabled.
 */
export function locate({ deployed, domains }: LoadedStack, host: string, path: string): Located | Unlocated {
  const name = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  const domain = domains.find((one) => one.name.toLowerCase() === name);
  if (domain !== undefined) return mapped(domain, path);
  const id = /^([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com$/.exec(name)?.[1];
  const [, stage, rest = ''] = /^\/([^/]+)(\/.*)?$/s.exec(path) ?? [];
  const found = deployed.find(
    ({ api, stage: one }) => api.id === id && one.name === stage && !api.executeApiDisabled,
  );
  return found === undefined ? 'forbidden' : { deployed: found, domain: undefined, path: rest };
}

function mapped(domain: Domain, path: string): Located | Unlocated {
  const fits = domain.mappings
    .filter(({ key }) => key === '' || path === `/${key}` || path.startsWith(`/${key}/`))
    .sort((one, other) => other.key.length - one.key.length);
  const [mapping] = fits;
  if (mapping === undefined) return 'forbidden';
  const below = mapping.key === '' ? path : path.slice(mapping.key.length + 1);
  return { deployed: mapping.deployed, domain, path: below };
}
