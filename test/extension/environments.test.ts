import { describe, expect, test } from 'vitest';
import { readEnvironment, readRoot, substituteEnvironment } from '../../src/extension/index.ts';
import { collect, nodeFrom } from './read-block.ts';

const name = `\${env.name}`;
const block = nodeFrom(`
name: shop-${name}
policies: {here: {claim: env, equals: '${name}'}}
secrets: {ca: {file: '/etc/${name}/ca.pem'}}
environments:
  dev:
    tls: {minVersion: '1.3'}
    backends: {orders: {url: 'https://orders.${name}.internal', nodes: null}}
    operations: {getOrder: {timeout: 2s}, refund: {relax: {limits: batch runs}}}
  prod: {}
`);

describe('the name of the environment', () => {
  test('is put into every text value', () => {
    const { block: read, diagnostics } = collect((report) =>
      readRoot(substituteEnvironment(block, 'prod'), report),
    );
    expect(diagnostics).toEqual([]);
    expect(read?.name?.value).toBe('shop-prod');
    expect(read?.secrets?.value.get('ca')?.value.file?.value).toBe('/etc/prod/ca.pem');
    expect(read?.policies?.value.get('here')?.value).toMatchObject({ test: { value: 'prod' } });
  });

  test('is an error wherever it is needed and no environment is chosen', () => {
    const { places } = collect((report) => readRoot(substituteEnvironment(block, undefined), report));
    expect(places).toEqual(['XGW009 /name', 'XGW009 /policies/here/equals', 'XGW009 /secrets/ca/file']);
  });

  test.each(['{request_uri}', '{ENV}', '{env.name', '{secrets.ca}', '{}'])(
    '$%s is no substitution',
    (text) => {
      const node = substituteEnvironment(nodeFrom(`policies: {a: 'x$${text}'}`), 'prod');
      expect(collect((report) => readRoot(node, report)).places).toEqual(['XGW010 /policies/a']);
    },
  );

  test('is not put into keys', () => {
    const node = substituteEnvironment(nodeFrom(`policies: {'${name}': admin}`), 'prod');
    expect(collect((report) => readRoot(node, report)).places).toEqual([`XGW005 /policies/${name} (key)`]);
  });
});

describe('the patch of an environment', () => {
  test('is split into the root block and single operations', () => {
    const { block: patch } = collect((report) => readEnvironment(block, 'dev', report));
    expect(patch?.root.value).toEqual({
      tls: { minVersion: '1.3' },
      backends: { orders: { url: `https://orders.${name}.internal`, nodes: null } },
    });
    expect(patch?.root.entries().map(([key]) => key)).toEqual(['tls', 'backends']);
    expect(patch?.root.child('operations')).toBeUndefined();
    expect([...(patch?.operations.keys() ?? [])]).toEqual(['getOrder', 'refund']);
    expect(patch?.operations.get('getOrder')?.at.pointer).toBe('/environments/dev/operations/getOrder');
  });

  test('of an unknown environment is an error with a suggestion', () => {
    const { diagnostics, places } = collect((report) => readEnvironment(block, 'prd', report));
    expect(places).toEqual(['XGW012 /environments']);
    expect(diagnostics[0]?.fix).toContain('Did you mean "prod"?');
    expect(collect((report) => readEnvironment(nodeFrom('name: a'), '__proto__', report)).places).toEqual([
      'XGW012 ',
    ]);
  });

  test.each([
    ['backends: {orders: {urll: x}}', 'XGW001 /environments/dev/backends/orders/urll (key)'],
    ['backends: {orders: {url: "http://169.254.169.254"}}', 'XGW004 /environments/dev/backends/orders/url'],
    ['environments: {}', 'XGW001 /environments/dev/environments (key)'],
    ['waf: {mode: block}', 'XGW002 /environments/dev/waf (key)'],
    ['tls: true', 'XGW003 /environments/dev/tls'],
    ['operations: {getOrder: {timeout: 2}}', 'XGW003 /environments/dev/operations/getOrder/timeout'],
    ['operations: {getOrder: {backend: Orders}}', 'XGW004 /environments/dev/operations/getOrder/backend'],
    ['operations: []', 'XGW003 /environments/dev/operations'],
    ['defaults: {limits: [{rate: x}]}', 'XGW004 /environments/dev/defaults/limits/0/rate'],
    ['policies: {a: {rol: x}}', 'XGW001 /environments/dev/policies/a/rol (key)'],
    [`name: '\${nope}'`, 'XGW010 /environments/dev/name'],
  ])('%s is reported also when it is not built', (patch, place) => {
    const node = nodeFrom(`environments: {dev: {${patch}}}`);
    expect(collect((report) => readRoot(node, report)).places).toEqual([place]);
  });

  test.each([
    '{backends: {orders: null}}',
    '{defaults: {ip: null}}',
    '{policies: {a: {scope: null, role: b}}}',
    '{}',
  ])('%s is fine: null removes', (patch) => {
    expect(collect((report) => readRoot(nodeFrom(`environments: {dev: ${patch}}`), report)).places).toEqual(
      [],
    );
  });
});
