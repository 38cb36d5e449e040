import type { Mock } from '../../../model/traffic.ts';
import { type Problem, problemTemplate } from '../problems.ts';
import type { Json } from '../template/cloudformation.ts';

/**
 * Types of bodies that a mock takes; its template is chosen by the Content-Type of the request, and one that is not
 * listed is UNSUPPORTED_MEDIA_TYPE, whose gateway response is that of the method (Developer Guide, "Integration
 * passthrough behaviors").
 */
const requestTypes: readonly string[] = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
];

/** A method that answers with a problem and asks nobody: a path that has no such method. */
export function problemMethod(problem: Problem, headers: ReadonlyMap<string, string>): Json {
  return mockMethod(problem.status, new Map([...headers, ['Content-Type', 'application/problem+json']]), {
    'application/json': problemTemplate(problem),
  });
}

/** A mock integration with constant headers (`headers`: name → value) and a template of the body. */
export function mockMethod(
  status: number,
  headers: ReadonlyMap<string, string>,
  responseTemplates: { readonly [type: string]: string },
): Json {
  return {
    responses: mockResponses(status, headers),
    security: [],
    'x-amazon-apigateway-integration': mockIntegration(status, headers, responseTemplates),
  };
}

/** What a method must declare of the answers of its mock. */
export function mockResponses(status: number, headers: ReadonlyMap<string, string>): Json {
  const names = [...headers.keys()].sort();
  return {
    [String(status)]: {
      description: 'Made by the gateway',
      headers: Object.fromEntries(names.map((name) => [name, { schema: { type: 'string' } }])),
    },
  };
}

function mockIntegration(
  status: number,
  headers: ReadonlyMap<string, string>,
  responseTemplates: { readonly [type: string]: string },
): Json {
  const names = [...headers.keys()].sort();
  return {
    type: 'mock',
    passthroughBehavior: 'never',
    // Every body is binary to the API, so that proxied bodies stay as they are; templates read text.
    contentHandling: 'CONVERT_TO_TEXT',
    requestTemplates: Object.fromEntries(requestTypes.map((type) => [type, '{"statusCode":200}'])),
    responses: {
      default: {
        statusCode: String(status),
        contentHandling: 'CONVERT_TO_TEXT',
        responseParameters: Object.fromEntries(
          names.map((name) => [`method.response.header.${name}`, `'${headers.get(name) ?? ''}'`]),
        ),
        responseTemplates,
      },
    },
  };
}

/** The headers of a constant answer of the document. */
export function mockHeaders({ body }: Mock): ReadonlyMap<string, string> {
  return new Map([['Content-Type', body?.mediaType ?? 'application/json']]);
}

/** The integration of `mock`: the document's own text, in which VTL finds nothing to read. */
export function constantAnswer(mock: Mock): Json {
  const text = mock.body?.text ?? '';
  return mockIntegration(mock.status, mockHeaders(mock), { 'application/json': vtlLiteral(text) });
}

/** `$` and `#` begin what VTL reads; variables that hold them print them. */
function vtlLiteral(text: string): string {
  if (!/[$#]/.test(text)) return text;
  const escaped = text.replace(/[$#]/g, (mark) => (mark === '$' ? '${dollar}' : '${hash}'));
  return `#set($dollar='$')#set($hash='#')${escaped}`;
}
