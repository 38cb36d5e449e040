import { expect, test } from 'vitest';
import type { SigV4Authenticator } from '../../src/model/authentication.ts';
import { aws } from '../../src/targets/aws/index.ts';
import { compile } from '../../src/targets/compile.ts';
import { at, gateway, operation, publicBackend, required, route, site, sourced } from '../support/model.ts';

const signed: SigV4Authenticator = {
  kind: 'sigv4',
  name: 'signed',
  from: sourced([{ kind: 'header', name: 'Authorization' }]),
  forward: [],
  stripToken: false,
  login: undefined,
  at,
};

const compiled = (template: string) => {
  const get = operation('GET', { authentication: sourced(required('signed')) });
  const { artifacts, diagnostics } = compile(
    gateway({
      backends: [publicBackend()],
      authenticators: [signed],
      sites: [site([route(template, [get])])],
    }),
    aws,
  );
  const text = artifacts.map(({ contents }) => contents).join('');
  return { text, errors: diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code) };
};

test('AWS IAM decides about signed operations, and their 401 is no 404', () => {
  const { text, errors } = compiled('/a/{x}');
  expect(errors).toEqual([]);
  expect(text).toContain('AWS_IAM');
  expect(text).not.toContain('AWS::Lambda::Function');
});

test('a path that only the authorizer could compare is refused where nobody asks it', () => {
  expect(compiled('/a/{x}.json').errors).toEqual(['SEC010']);
});
