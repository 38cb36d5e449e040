import type { Gateway, Route } from '../../src/model/gateway.ts';
import type { Segment } from '../../src/model/path.ts';
import type { ServedOperation } from '../../src/targets/aws/authorizer/served-operation.ts';
import { pathPart } from '../../src/targets/aws/routing/path-part.ts';

/** Every operation of a gateway where API Gateway would serve it; variables are called `v1`, `v2`, … by their place. */
export function servedOperations({ sites }: Gateway): readonly ServedOperation[] {
  return sites.flatMap(({ hosts, routes }) =>
    routes.flatMap((route) =>
      route.operations.map((operation) => ({
        operation,
        segments: route.segments,
        resourcePath: resourcePathOf(route),
        methods: methodsOf(route, operation.method),
        hosts,
      })),
    ),
  );
}

function methodsOf({ operations }: Route, method: string): readonly string[] {
  const alsoHead = method === 'GET' && !operations.some((other) => other.method === 'HEAD');
  return alsoHead ? ['GET', 'HEAD'] : [method];
}

function resourcePathOf({ segments }: Pick<Route, 'segments'>): string {
  return segments.map((segment, index) => `/${segmentText(segment, index + 1)}`).join('');
}

function segmentText(segment: Segment, place: number): string {
  const part = pathPart(segment);
  if (part?.kind === 'literal') return part.text;
  return part?.greedy === true ? `{v${place}+}` : `{v${place}}`;
}

/** What API Gateway understands of a raw path under a resource: its variables, decoded once. */
export function variablesOf(resourcePath: string, path: string): Readonly<Record<string, string>> {
  const segments = path.slice(1).split('/');
  return Object.fromEntries(
    resourcePath
      .slice(1)
      .split('/')
      .flatMap((part, index) => {
        const [, name, greedy] = /^\{([^{}+]+)(\+?)\}$/.exec(part) ?? [];
        if (name === undefined) return [];
        const raw = greedy === '+' ? segments.slice(index).join('/') : (segments[index] ?? '');
        return [[name, decoded(raw)]];
      }),
  );
}

function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
