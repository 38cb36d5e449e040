import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exchange, requestBytes } from '../../support/raw-http.ts';
import type { JsonRecord } from '../stack/json.ts';
import { isRecord, listOf, recordOf, textOf } from '../stack/json.ts';
import { resolveTemplate, type TemplateInput } from '../stack/resolve-template.ts';
import { requestEvent, requestId, responseEvent, type ViewerRequest } from './event.ts';
import { type Answer, type Field, loadFunction } from './runtime.ts';

/** What a viewer gets. */
interface ViewerResponse {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly text: string;
}

/** A distribution of an emitted template in front of the interpreted stack; the functions run for real. */
export interface RunningDistribution {
  readonly send: (request: ViewerRequest) => Promise<ViewerResponse>;
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
        ...added,
        ['X-Forwarded-For', '192.0.2.1'],
        ['X-Amz-Cf-Id', requestId],
        ['Connection', 'close'],
      ]);
      const response = await exchange({ port }, bytes, { head: method === 'HEAD' });
      const headers = Object.fromEntries(response.headers);
      const event = responseEvent(request, { statusCode: response.status, headers });
      if (response.status < 400) return answered(viewerResponse(event), response.text);
      return {
        status: response.status,
        text: response.text,
        header: (name) => response.header(name),
      };
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

function answered(answer: Answer, original: string): ViewerResponse {
  const { body } = answer;
  return {
    status: answer.statusCode ?? 0,
    text: body === undefined ? original : typeof body === 'string' ? body : body.data,
    header: (name) => {
      const field = answer.headers[name.toLowerCase()];
      return field === undefined ? undefined : valuesOf(field).join(', ');
    },
  };
}
