import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ApiKeyAuthenticator } from '../../src/model/authentication.ts';
import type { Gateway } from '../../src/model/gateway.ts';
import { aws } from '../../src/targets/aws/index.ts';
import { compile } from '../../src/targets/compile.ts';
import { isAccepted } from '../aws/check/finding.ts';
import { startTemplateCheckers, type TemplateCheckers } from '../aws/check-template.ts';
import {
  at,
  authenticator,
  backend,
  gateway,
  host,
  limit,
  operation,
  publicBackend,
  range,
  required,
  route,
  site,
  sourced,
} from '../support/model.ts';

const folder = mkdtempSync(join(tmpdir(), 'gwc-test-'));
let checkers: TemplateCheckers;
beforeAll(() => {
  checkers = startTemplateCheckers();
}, 120_000);
afterAll(() => {
  checkers?.free();
  rmSync(folder, { recursive: true, force: true });
});

const accepted = [
  { rule: 'CT.LAMBDA.PR.3', reason: 'the authorizer fetches keys from issuers on the internet' },
  { rule: 'CT.LAMBDA.PR.2', reason: 'reads no Fn::Sub: the permission names the API and the account' },
  { rule: 'CT.CLOUDWATCH.PR.3', reason: 'the key of logs is a parameter, which the rule does not see' },
  { rule: 'CT.CLOUDWATCH.PR.1', reason: 'who hears of alarms is a parameter, which the rule does not see' },
  { rule: 'spec', resource: /^(Authorizer|RestApi)$/, reason: 'as W3002' },
  { rule: 'CT.APIGATEWAY.PR.2', reason: 'traces are the document’s to ask for' },
  { rule: 'W3002', reason: 'files beside a large template are uploaded by `aws cloudformation package`' },
];

function problemsOf(model: Gateway): readonly string[] {
  const { artifacts, diagnostics } = compile(model, aws);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  const template = artifacts.find(({ path }) => path === 'template.json');
  if (template === undefined) return errors;
  const path = join(folder, 'template.json');
  writeFileSync(path, template.contents);
  return checkers
    .check(path)
    .filter((finding) => !isAccepted(finding, accepted))
    .map(({ message, resource, rule }) => `${rule} ${resource}: ${message}`);
}

const keyed: ApiKeyAuthenticator = {
  kind: 'api-key',
  name: 'partner',
  keys: sourced('aws-usage-plan'),
  from: sourced([{ kind: 'header', name: 'x-api-key' }]),
  forward: [],
  stripToken: true,
  login: undefined,
  at,
};

const perConsumer = limit({ count: 200, burst: 400, per: { kind: 'consumer' } });

const inNetwork = (loadBalancer: string): Gateway['targets'] => {
  const { targets } = gateway();
  const vpc = sourced({
    subnets: ['subnet-0123456789abcdef0'],
    securityGroups: ['sg-0123456789abcdef0'],
    loadBalancer,
  });
  return { ...targets, aws: { ...targets.aws, vpc } };
};

const everything: Partial<Gateway> = {
  targets: inNetwork(
    'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/internal/0123456789abcdef',
  ),
  backends: [publicBackend('main'), backend('hidden', { private: sourced(true) })],
  authenticators: [authenticator(), keyed],
  consumers: [{ name: 'acme', keys: [], groups: [], plan: sourced('gold'), at }],
  plans: [{ name: 'gold', limits: [sourced(perConsumer)], quota: sourced({ count: 9, period: 'd' }), at }],
  waf: sourced({ mode: 'block', rules: ['owasp-crs', 'known-bad-inputs', 'bots'], paranoia: 1, exclude: [] }),
  geo: sourced({ allow: ['DE'], deny: ['KP'] }),
  tracing: sourced({ propagate: 'w3c', export: { kind: 'xray' }, sample: 0.1 }),
  metrics: sourced({ export: 'cloudwatch' }),
  sites: [
    site(
      [
        route('/pets/{id}', [
          operation('GET', {
            id: 'pet',
            authentication: sourced(required()),
            waf: sourced('detect'),
            cache: sourced({ ttlSeconds: 60, key: [], per: 'subject' }),
            ipAccess: sourced({ allow: [[range('192.0.2.0/24')]], deny: [range('2001:db8::/32')] }),
            limits: [sourced(limit({ count: 5 }))],
          }),
          operation('POST', {
            id: 'change',
            waf: sourced('block'),
            backend: sourced({ backend: 'hidden', target: { kind: 'below' } }),
            limits: [
              sourced(limit({ count: 5, burst: 9, per: { kind: 'operation' }, bucket: 'own' })),
              sourced(limit({ count: 5, per: { kind: 'header', name: 'x-tenant' }, bucket: 'tenant' })),
            ],
          }),
        ]),
        route('/partners', [operation('GET', { id: 'partners' })]),
      ],
      [host('api.example.com'), host('api-2.example.com')],
    ),
  ],
};

describe('templates of whole gateways raise no finding', () => {
  test('with nothing but a public operation', () => {
    expect(problemsOf(gateway({ backends: [publicBackend('main')] }))).toEqual([]);
  });

  test('with everything that AWS does for a gateway', () => {
    expect(problemsOf(gateway(everything))).toEqual([]);
  });

  test('with client certificates in front and towards back ends', () => {
    const { tls } = gateway();
    const clientCertificate = sourced({ mode: 'require' as const, ca: sourced('clients'), forward: [] });
    const shown = {
      verify: sourced(true),
      ca: undefined,
      serverName: sourced('main.example.com'),
      clientCertificate: sourced('managed' as const),
    };
    const nodes = [sourced({ host: 'main.example.com', port: 443, weight: 1 })];
    expect(
      problemsOf(
        gateway({
          tls: { ...tls, clientCertificate },
          backends: [backend('main', { scheme: 'https', nodes, tls: shown, private: sourced(true) })],
        }),
      ),
    ).toEqual([]);
  });
});
