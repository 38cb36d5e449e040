import { member, type Value } from './member.ts';

/** A REST API as the emitted files say it. */
export interface EmittedApi {
  readonly body: Value | undefined;
  /** It answers under its domain names only. */
  readonly closed: boolean;
}

/** The API of a template of CloudFormation, else of a configuration of Terraform. */
export function emittedApi(files: ReadonlyMap<string, Value>, suffix: string): EmittedApi {
  const template = files.get('template.json');
  return template === undefined ? inConfiguration(files, suffix) : inTemplate(template, files, suffix);
}

function inTemplate(template: Value, files: ReadonlyMap<string, Value>, suffix: string): EmittedApi {
  const resource = member(member(template, 'Resources'), `RestApi${suffix}`);
  const properties = member(resource, 'Properties');
  const location = member(properties, 'BodyS3Location');
  return {
    body:
      typeof location === 'string' ? files.get(location.replace(/^\.\//, '')) : member(properties, 'Body'),
    closed: member(properties, 'DisableExecuteApiEndpoint') === true,
  };
}

/** Local values may be in any file. */
function inConfiguration(files: ReadonlyMap<string, Value>, suffix: string): EmittedApi {
  const apis = member(member(files.get('main.tf.json'), 'resource'), 'aws_api_gateway_rest_api');
  const resource = member(apis, `rest_api${suffix}`);
  const local = /^\$\{jsonencode\(local\.(\w+)\)\}$/.exec(String(member(resource, 'body')))?.[1];
  const bodies = [...files.values()].flatMap((file) => member(member(file, 'locals'), local ?? '') ?? []);
  const overwrites = member(resource, 'put_rest_api_mode') === 'overwrite';
  return {
    // Without it, methods of earlier bodies would be served too.
    body: overwrites && bodies.length === 1 && bodies[0] !== undefined ? evaluated(bodies[0]) : undefined,
    closed: member(resource, 'disable_execute_api_endpoint') === true,
  };
}

/** What Terraform reads in a template without expressions; others stay as they are written. */
function evaluated(value: Value): Value {
  if (typeof value === 'string') return unescaped(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: Value) => evaluated(one));
  const members = Object.entries(value as { readonly [name: string]: Value });
  return Object.fromEntries(members.map(([name, one]) => [unescaped(name), evaluated(one)]));
}

function unescaped(text: string): string {
  return text.replace(/([$%])\1\{/g, '$1{');
}
