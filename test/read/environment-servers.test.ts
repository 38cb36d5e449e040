import { describe, expect, it } from 'vitest';
import { type Change, document, model, ok, read } from './sample.ts';

const servers = (...urls: readonly Change[]): Change => ({ servers: urls });
const region = {
  url: 'https://{region}.api.test/{version}',
  variables: { region: { default: 'eu', enum: ['eu', 'us'] }, version: { default: 'v1' } },
};
const inEnvironments = (environments: Change, changes: Change = {}): Change => ({
  ...changes,
  'x-gateway': { environments },
});
const hosts = async (changes: Change, environment?: string): Promise<readonly string[]> => {
  const gateway = await model(changes, environment === undefined ? {} : { environment });
  return gateway.sites.flatMap((site) =>
    site.hosts.map(({ scheme, name, port }) => {
      const base = site.routes[0]?.segments.slice(0, site.routes[0].baseSegments) ?? [];
      const path = base
        .map((one) =>
          one.kind === 'plain' ? one.pieces.map((piece) => ('text' in piece ? piece.text : '')) : '',
        )
        .join('/');
      return `${scheme}://${name}:${port}/${path}`;
    }),
  );
};

describe('an environment says where it is served', () => {
  const environments = {
    dev: { server: 'http://localhost:8080' },
    prod: { server: 'https://${env.name}.api.test' },
  };

  it('for documents with a relative server', async () => {
    const changes = inEnvironments(environments, servers({ url: '/v2' }));
    expect(await hosts(changes, 'dev')).toEqual(['http://localhost:8080/v2']);
    expect(await hosts(changes, 'prod')).toEqual(['https://prod.api.test:443/v2']);
    expect((await read(changes)).errors).toEqual(['SRV001']);
  });

  it('unless --server says otherwise', async () => {
    const changes = inEnvironments(environments, servers({ url: '/v2' }));
    const gateway = await model(changes, { environment: 'prod', server: 'https://other.test' });
    expect(gateway.sites[0]?.hosts[0]?.name).toBe('other.test');
  });

  it('for another document of the gateway as well', async () => {
    const other = document({
      ...servers({ url: '/other' }),
      paths: { '/o': { get: { operationId: 'getO', ...ok } } },
    });
    const gateway = await model(
      inEnvironments(environments, servers({ url: '/v2' })),
      { environment: 'prod', documents: ['api.json', 'other.json'] },
      { 'other.json': other },
    );
    expect(gateway.sites.map(({ hosts, routes }) => [hosts[0]?.name, routes.length])).toEqual([
      ['prod.api.test', 2],
    ]);
  });

  it('by the variables of a server, host names included', async () => {
    const changes = inEnvironments(
      {
        us: { serverVariables: { region: 'us' } },
        old: { serverVariables: { region: 'eu', version: 'v0' } },
      },
      servers(region),
    );
    expect(await hosts(changes, 'us')).toEqual(['https://us.api.test:443/v1']);
    expect(await hosts(changes, 'old')).toEqual(['https://eu.api.test:443/v0']);
    expect((await read(changes)).errors).toEqual(['SRV001']);
  });

  it('is told when that changes nothing', async () => {
    const { warnings, text } = await read(inEnvironments(environments), { environment: 'dev' });
    expect(warnings).toEqual(['SRV005']);
    expect(text).toContain('environments.dev.server "http://localhost:8080" changes nothing');
    expect(text).toMatch(/api\.json:\d+:\d+/);
  });

  it.each<[string, Change, string, string]>([
    ['a value outside the enum', { serverVariables: { region: 'moon' } }, 'SRV009', '"eu", "us"'],
    [
      'a variable that no server has',
      { serverVariables: { regoin: 'eu' } },
      'SRV008',
      'Did you mean "region"?',
    ],
    ['a value that is no text', { serverVariables: { version: 2 } }, 'XGW003', 'serverVariables'],
    ['a value with a space', { serverVariables: { version: 'a b' } }, 'XGW004', 'serverVariables'],
    ['a server that is no URL', { server: 'api.test' }, 'XGW004', 'server'],
    ['a misspelt field', { servers: ['https://api.test'] }, 'XGW001', '"servers" is not a field'],
  ])('must not have %s, chosen or not', async (_, prod, code, words) => {
    const changes = inEnvironments({ prod, other: { serverVariables: { region: 'eu' } } }, servers(region));
    for (const environment of ['prod', 'other']) {
      const { errors, text } = await read(changes, { environment });
      expect(errors, text).toContain(code);
      expect(text).toContain(words);
    }
  });

  it('must be one place: documents that disagree are both named', async () => {
    const block = (url: string): Change => inEnvironments({ prod: { server: url } }, servers({ url: '/v1' }));
    const { errors, text } = await read(
      block('https://a.test'),
      { environment: 'prod', documents: ['api.json', 'other.json'] },
      { 'other.json': document({ ...block('https://b.test'), paths: { '/o': { get: ok } } }) },
    );
    expect(errors).toEqual(['MRG001']);
    expect(text).toContain('api.json');
    expect(text).toContain('other.json');
  });
});
