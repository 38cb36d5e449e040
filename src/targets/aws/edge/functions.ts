import type { Gateway, Operation } from '../../../model/gateway.ts';
import { constantFiles } from '../../../render/constant-files.ts';
import { answersOf } from './answers.ts';
import { decidingTemplates, slashTemplates } from './deciding-templates.ts';
import { changesByTemplate } from './header-changes.ts';
import { removedHeaders } from './removed-headers.ts';

/** Size of a function, code and data (CloudFront Developer Guide, "Quotas on CloudFront Functions"). Fixed. */
const maximumBytes = 10_240;

interface EdgeFunction {
  readonly code: string;
  /** Bytes that it is too large by; 0 where it fits. */
  readonly excess: number;
}

export interface EdgeFunctions {
  readonly viewerRequest: EdgeFunction;
  readonly viewerResponse: EdgeFunction;
}

/** The two functions of the distributions. */
export function edgeFunctions(gateway: Gateway): EdgeFunctions {
  const hosts = Object.fromEntries(
    gateway.sites.flatMap((site, number) => site.hosts.map(({ name }) => [name, number] as const)).reverse(),
  );
  const request = {
    hosts,
    hsts: gateway.tls.hstsSeconds.value,
    removed: removedHeaders(gateway),
    slashes: gateway.sites.map(slashTemplates),
    relaxed: gateway.sites.map((site) => decidingTemplates(site, allowedIn)),
  };
  return {
    viewerRequest: functionOf(['viewer-request.cjs'], request),
    viewerResponse: responseFunction(gateway, hosts),
  };
}

/** Characters that the path profile refuses and an operation allows in its parameters. */
function allowedIn({ features }: Operation): readonly string[] | undefined {
  return features.pathCharacters?.value.characters;
}

function responseFunction(gateway: Gateway, hosts: Readonly<Record<string, number>>): EdgeFunction {
  const answers = { hosts, ...answersOf(gateway) };
  const { changes, ...others } = changesByTemplate(gateway);
  return changes.length === 0
    ? functionOf(['viewer-response.js', 'no-response-headers.js'], answers)
    : functionOf(['viewer-response.js', 'response-headers.js'], { ...answers, changes, ...others });
}

function functionOf(files: readonly string[], data: unknown): EdgeFunction {
  const texts = files.map((file) => constantFiles('aws/edge/').find(({ path }) => path === file)?.contents);
  const code = `const data = ${literal(data)};\n${texts.map((text = '') => dense(text)).join('')}`;
  return { code, excess: Math.max(0, Buffer.byteLength(code) - maximumBytes) };
}

/**
 * Data as a literal of JavaScript. Text of a document must not look like a dynamic reference, which CloudFormation
 * replaces in every string of a template: `{{` is written as `{\u007b`, and occurs nowhere else in JSON.
 */
function literal(data: unknown): string {
  return JSON.stringify(data)
    .replaceAll('{{', '{\\u007b')
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Code without lines of comment and without indentation: both count. */
function dense(code: string): string {
  const lines = code.split('\n').map((line) => line.trim());
  return `${lines.filter((line) => line !== '' && !line.startsWith('//')).join('\n')}\n`;
}
