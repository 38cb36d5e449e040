import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LambdaFunction } from './deployed.ts';
import { isRecord, optionalRecord, textMembers, textOf } from './json.ts';
import type { ResolvedResource, ResolvedTemplate } from './resolve-template.ts';
import { attribute } from './resource-names.ts';

/** Seconds that a function may take unless it says otherwise (AWS::Lambda::Function, Timeout). */
const defaultTimeout = 3;

/** Functions by ARN. */
export function loadFunctions(
  { place, resources }: ResolvedTemplate,
  folder: string,
  idOf: (resource: ResolvedResource) => string,
): ReadonlyMap<string, LambdaFunction> {
  const permissions = [...resources.values()].filter(({ type }) => type === 'AWS::Lambda::Permission');
  const functions = [...resources.values()].filter(({ type }) => type === 'AWS::Lambda::Function');
  return new Map(
    functions.map((one) => {
      const { logicalId, properties } = one;
      const arn = attribute({ ...one, property: (name) => properties[name] }, 'Arn', place);
      const names = [arn, idOf(one)];
      const callers = permissions
        .filter(({ properties: permission }) => names.includes(String(permission['FunctionName'])))
        .filter(({ properties: permission }) => permission['Principal'] === 'apigateway.amazonaws.com')
        .map(({ properties: permission }) => String(permission['SourceArn'] ?? '*'));
      const { Code: code } = properties;
      const environment = optionalRecord(properties['Environment'], logicalId);
      return [
        arn,
        {
          arn,
          files: isRecord(code)
            ? inline(textOf(code['ZipFile'], logicalId))
            : packaged(folder, textOf(code, logicalId)),
          handler: textOf(properties['Handler'], logicalId),
          environment: Object.fromEntries(textMembers(environment['Variables'], logicalId)),
          timeoutSeconds: Number(properties['Timeout'] ?? defaultTimeout),
          callers,
        },
      ];
    }),
  );
}

/** Inline code becomes `index.js`, CommonJS (AWS::Lambda::Function Code, ZipFile). */
const inline = (text: string): ReadonlyMap<string, string> => new Map([['index.js', text]]);

/** A folder beside the template, until the packaging command has put it elsewhere. */
function packaged(folder: string, code: string): ReadonlyMap<string, string> {
  const path = join(folder, code);
  return new Map(
    readdirSync(path, { withFileTypes: true })
      .filter((file) => file.isFile())
      .map(({ name }) => [name, readFileSync(join(path, name), 'utf8')]),
  );
}
