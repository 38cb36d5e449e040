import { authorizerTexts } from '../../../generated/authorizer.js';
import type { AuthorizerData } from './authorizer-data.ts';
import type { ApiKind } from './guard-use.ts';
import { requestFacts } from './policy-data.ts';

type Part = Exclude<keyof typeof authorizerTexts, ApiKind>;

/** The function's `index.js` where its data stands in a file `gateway.json` beside it. */
export function authorizerCode(data: AuthorizerData, api: ApiKind): string {
  return withData("require('./gateway.json')", data, api);
}

/** The function's only file, its data within. */
export function inlineAuthorizer(data: AuthorizerData, api: ApiKind): string {
  return withData(objectLiteral(data), data, api);
}

/** Constant texts; what stands in front of them is data. */
function withData(gateway: string, data: AuthorizerData, api: ApiKind): string {
  const parts = neededParts(data).map((part) => authorizerTexts[part]);
  return [
    `'use strict';\nconst GATEWAY = ${gateway};\n`,
    'const PARTS = {};\n',
    ...parts,
    authorizerTexts[api],
  ].join('');
}

/** What a gateway's data makes the authorizer do beyond tokens and keys. */
function neededParts(data: AuthorizerData): readonly Part[] {
  const { authenticators, certificateParts, secrets, services } = data;
  const hasKind = (kind: string): boolean => authenticators.some((one) => one.kind === kind);
  const needed: Readonly<Record<Part, boolean>> = {
    addresses: tellsAddresses(data),
    certificates: hasKind('certificate') || certificateParts.length > 0,
    passwords: hasKind('basic'),
    secrets: secrets.length > 0,
    services: services.length > 0,
  };
  return (Object.keys(needed) as Part[]).filter((part) => needed[part]);
}

function tellsAddresses({ guards }: AuthorizerData): boolean {
  return guards.some(
    ({ calls = [], policies = [] }) =>
      policies.flatMap(requestFacts).includes('ip') || calls.some(({ send }) => send.includes('ip')),
  );
}

/**
 * Data as an expression of JavaScript: JSON in ASCII, without a text that could end a script. A member `__proto__` would
 * be no member there.
 */
export function objectLiteral(data: object): string {
  return (
    JSON.stringify(data, (name, value: unknown) => {
      if (name === '__proto__')
        throw new Error('data with a member __proto__ cannot be written as JavaScript');
      return value;
    })
      .replaceAll('</', '<\\/')
      // The text stands in a template, where two braces may begin what CloudFormation replaces.
      .replaceAll('{{', '{\\u007b')
      .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  );
}
