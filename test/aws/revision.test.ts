import { expect, test } from 'vitest';
import type { ApiKeyAuthenticator } from '../../src/model/authentication.ts';
import { aws } from '../../src/targets/aws/index.ts';
import { compile } from '../../src/targets/compile.ts';
import { at, gateway, operation, publicBackend, required, route, site, sourced } from '../support/model.ts';

const partner: ApiKeyAuthenticator = {
  kind: 'api-key',
  name: 'partner',
  keys: sourced('consumers'),
  from: sourced([{ kind: 'header', name: 'X-Key' }]),
  forward: [],
  stripToken: true,
  login: undefined,
  at,
};

/** What the stage tells the keys of kept decisions, and what these keys are, for a consumer with a key. */
function deployed(hash: string) {
  const { artifacts } = compile(
    gateway({
      backends: [publicBackend()],
      authenticators: [partner],
      consumers: [{ name: 'acme', keys: [hash.repeat(64)], groups: [], plan: undefined, at }],
      sites: [site([route('/a', [operation('GET', { authentication: sourced(required('partner')) })])])],
    }),
    aws,
  );
  const read = (name: string) => JSON.parse(artifacts.find(({ path }) => path === name)?.contents ?? '{}');
  const { RestApi, Stage } = read('template.json').Resources;
  const body = RestApi.Properties.Body ?? read('openapi.json');
  const [scheme] = Object.values<{ 'x-amazon-apigateway-authorizer': { identitySource: string } }>(
    body.components.securitySchemes,
  );
  return {
    revision: Stage.Properties.Variables.revision as string,
    sources: scheme?.['x-amazon-apigateway-authorizer'].identitySource.split(', '),
  };
}

test('a key that is taken away opens nothing after the deployment, whatever is kept (J25)', () => {
  const [one, other] = [deployed('a'), deployed('b')];
  expect(one.sources).toContain('stageVariables.revision');
  expect(one.revision).toMatch(/^[0-9a-f]{10}$/);
  expect(other.revision).not.toBe(one.revision);
  expect(deployed('a')).toEqual(one);
});
