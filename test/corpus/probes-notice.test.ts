import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Authentication } from '../../src/model/authentication.ts';
import type { Gateway, Operation, Route } from '../../src/model/gateway.ts';
import { readableFolder } from '../support/running-gateway.ts';
import { hasCorpus } from './manifest.ts';
import { openDocument, runDocument } from './run-document.ts';

const folder = readableFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Alter = (gateway: Gateway) => Gateway;

const eachRoute =
  (alter: (route: Route) => Route): Alter =>
  (gateway) => ({
    ...gateway,
    sites: gateway.sites.map((site) => ({ ...site, routes: site.routes.map(alter) })),
  });

/** `name` is `METHOD template`. */
const operationNamed = (name: string, alter: (operation: Operation) => Operation): Alter =>
  eachRoute((route) => ({
    ...route,
    operations: route.operations.map((operation) =>
      `${operation.method} ${route.template}` === name ? alter(operation) : operation,
    ),
  }));

/** Puts a route elsewhere, so that its path is left to other routes. */
const moved = (template: string): Alter =>
  eachRoute((route) =>
    route.template === template
      ? {
          ...route,
          segments: [...route.segments, { kind: 'plain', pieces: [{ kind: 'literal', text: 'x' }] }],
        }
      : route,
  );

const authenticating = (name: string, alter: (stated: Authentication) => Authentication): Alter =>
  operationNamed(name, (operation) => {
    const { authentication } = operation.features;
    const value = alter(authentication.value);
    return {
      ...operation,
      features: { ...operation.features, authentication: { ...authentication, value } },
    };
  });

type Protected = Exclude<Authentication, { kind: 'public' }>;

const alternatives = (name: string, alter: (anyOf: Protected['anyOf']) => Protected['anyOf']): Alter =>
  authenticating(name, (stated) =>
    stated.kind === 'public' ? stated : { ...stated, anyOf: alter(stated.anyOf) },
  );

const cafe = 'redocly-cafe/cafe.yaml';
const discord = 'discord/openapi.json';
const combined = 'readme/security-multiple.json';

/** One thing that a gateway does differently from its document, and a part of what the probes say about it. */
const mistakes: readonly (readonly [title: string, file: string, alter: Alter, found: RegExp])[] = [
  [
    'one operation is open to everybody',
    'museum/openapi.yaml',
    authenticating('POST /special-events', () => ({ kind: 'public', reason: undefined })),
    /^POST \/special-events: no credential/,
  ],
  [
    'one scope is not asked for',
    cafe,
    alternatives('POST /menu', (anyOf) => anyOf.map((all) => all.map((one) => ({ ...one, scopes: [] })))),
    /expected 403 Bearer\n {2}found {4}200/,
  ],
  [
    'two schemes together become one or the other',
    combined,
    alternatives('POST /anything/and', (anyOf) => anyOf.flatMap((all) => all.map((one) => [one]))),
    /expected 401 .*\n {2}found {4}200/,
  ],
  [
    'an alternative is missing',
    combined,
    alternatives('POST /anything/or', (anyOf) => anyOf.slice(0, 1)),
    /alternative 1\n.*\n {2}expected 200/,
  ],
  [
    'anonymous callers are not let in',
    discord,
    authenticating('GET /gateway', (stated) =>
      stated.kind === 'optional' ? { ...stated, kind: 'required' } : stated,
    ),
    /expected 200 GET .*\/gateway\n {2}found {4}401/,
  ],
  [
    'a parameter takes the place of a literal',
    'kusk/petshop-openapi-short-with-kusk.yaml',
    moved('/pet/findByStatus'),
    /logged as/,
  ],
  [
    'a method is not served',
    cafe,
    eachRoute((route) =>
      route.operations.length < 2 ? route : { ...route, operations: route.operations.slice(1) },
    ),
    /found {4}405/,
  ],
  [
    'the base path is forwarded',
    'readme/circular-paths.json',
    eachRoute((route) => ({ ...route, baseSegments: 0 })),
    /found {4}200 \w+ \/internal\/v0\/anything\/anything/,
  ],
  [
    'an API key reaches the back end',
    'kusk/petshop-openapi-short-with-kusk.yaml',
    (gateway) => ({
      ...gateway,
      authenticators: gateway.authenticators.map((one) => ({ ...one, stripToken: false })),
    }),
    /API keys/,
  ],
];

describe.skipIf(!hasCorpus)('probes of real documents notice that (skipped without the corpus)', () => {
  test.each(mistakes)('%s', async (title, file, alter, found) => {
    const { wrong } = await runDocument(openDocument(file), join(folder, title.replaceAll(' ', '-')), alter);
    expect(wrong.join('\n')).toMatch(new RegExp(found, 'm'));
  });
});
