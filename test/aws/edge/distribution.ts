import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exchange, type RawResponse, requestBytes } from '../../support/raw-http.ts';
import type { JsonRecord } from '../stack/json.ts';
import { isRecord, listOf, recordOf, textOf } from '../stack/json.ts';
import { resolveTemplate, type TemplateInput } from '../stack/resolve-template.ts';
import { type Place, physicalId } from '../stack/resource-names.ts';
import { requestEvent, requestId, responseEvent, type ViewerRequest } from './event.ts';
import { type Answer, type Field, loadFunction } from './runtime.ts';

/** Where samples are said to be. */
export const samplePlace: Place = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '123456789012',
  stack: 'sample',
};

/** What stands behind the secrets of an emitted template: `secret-A` and `secret-B`. */
export const originSecrets: ReadonlyMap<string, string> = new Map(
  ['A', 'B'].map((letter) => {
    const named = { logicalId: `EdgeOriginSecret${letter}`, type: 'AWS::SecretsManager::Secret' };
    const id = physicalId({ ...named, property: () => undefined }, samplePlace);
    return [`resolve:secretsmanager:${id}:SecretString`, `secret-${letter}`];
  }),
);

/** A distribution of an emitted template in front of the interpreted stack; the functions run for real. */
export interface RunningDistribution {
  readonly send: (request: ViewerRequest) => Promise<RawResponse>;
}

export function distributionOf(folder: string, input: TemplateInput, port: number): RunningDistribution {
  const template = recordOf(JSON.parse(readFileSync(join(folder, 'template.json'), 'utf8')), 'the template');
  const { resources } = resolveTemplate(template, input);
  const codeOf = (id: string): string => textOf(resources.get(id)?.properties['FunctionCode'], id);
  const viewerRequest = loadFunction(codeOf('EdgeViewerRequest'));
  const viewerResponse = loadFunction(codeOf('EdgeViewerResponse'));
  const found = [...resources.values()].find(({ type }) => type === 'AWS::CloudFront::Distribution');
  const added = originHeaders(recordOf(found?.properties['DistributionConfig'], 'DistributionConfig'));
  return {
    send: async (request) => {
      const asked = viewerRequest(requestEvent(request));
      if (asked.statusCode !== undefined) return answered(asked, '');
      const { method = 'GET', target } = request;
      const own = new Set(added.map(([name]) => name.toLowerCase()));
      const bytes = requestBytes(`${method} ${target} HTTP/1.1`, [
        ...fieldLines(asked.headers).filter(([name]) => !own.has(name.toLowerCase())),
        ...cookieLines(request),
        ...added,
        ['X-Forwarded-For', '192.0.2.1'],
        ['X-Amz-Cf-Id', requestId],
        ['Connection', 'close'],
      ]);
      const response = await exchange({ port }, bytes, { head: method === 'HEAD' });
      const headers = Object.fromEntries(response.headers);
      const event = responseEvent(request, { statusCode: response.status, headers });
      return response.status < 400 ? answered(viewerResponse(event), response.text) : response;
    },
  };
}

/** Custom headers of the origin, which win over a viewer's (CloudFront Developer Guide, "Add custom headers to origin requests"). */
function originHeaders(config: JsonRecord): readonly (readonly [string, string])[] {
  const [origin] = listOf(config['Origins'], 'Origins');
  return listOf(isRecord(origin) ? origin['OriginCustomHeaders'] : undefined, 'OriginCustomHeaders').map(
    (one) => {
      const header = recordOf(one, 'a custom header');
      return [textOf(header['HeaderName'], 'HeaderName'), textOf(header['HeaderValue'], 'HeaderValue')];
    },
  );
}

/** Cookies stand apart from headers in events, and the function changes none. */
function cookieLines({ headers = [] }: ViewerRequest): readonly (readonly [string, string])[] {
  const lines = headers.filter((line) => /^cookie:/i.test(line));
  return lines.map((line) => ['Cookie', line.slice('cookie:'.length).trim()] as const);
}

/** The first letter of each word is a capital again ("CloudFront Functions event structure"). */
function fieldLines(headers: Answer['headers']): readonly (readonly [string, string])[] {
  return Object.entries(headers).flatMap(([name, field]) =>
    valuesOf(field).map(
      (value) => [name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()), value] as const,
    ),
  );
}

function valuesOf(field: Field): readonly string[] {
  return (field.multiValue ?? [field]).map(({ value }) => value);
}

function answered(answer: Answer, original: string): RawResponse {
  const { body, statusCode = 0, statusDescription = '' } = answer;
  const text = body === undefined ? original : typeof body === 'string' ? body : body.data;
  const headers = fieldLines(answer.headers);
  return {
    ...{ status: statusCode, reason: statusDescription, headers, text },
    body: Buffer.from(text),
    header: (name) => {
      const values = headers.filter(([key]) => key.toLowerCase() === name.toLowerCase());
      if (values.length > 1) throw new Error(`several ${name}`);
      return values[0]?.[1];
    },
  };
}
