import type { Cors } from '../../../model/traffic.ts';
import { problems, problemTemplate } from '../problems.ts';
import type { Json } from '../template/cloudformation.ts';
import { mockMethod } from './mock-method.ts';

/**
 * OPTIONS of a path with `cors`: a mock whose response template (VTL) compares the origin and the method of a preflight
 * with what the document allows. Everything it compares with is a constant; nothing of the request is printed but an
 * origin that is equal to one of them. What is no preflight is a method that the path does not have.
 */
export function preflightMethod(
  allowed: readonly { readonly method: string; readonly cors: Cors }[],
  headers: ReadonlyMap<string, string>,
): Json {
  return mockMethod(405, new Map([...headers, ['Content-Type', 'application/problem+json']]), {
    'application/json': preflightTemplate(allowed),
  });
}

function preflightTemplate(allowed: readonly { readonly method: string; readonly cors: Cors }[]): string {
  const cases = allowed.map(({ method, cors }) => {
    const any = cors.origins.includes('*');
    const origins = cors.origins.map((origin) => `$origin=='${origin}'`).join('||');
    return [
      `#if($method=='${method}'&&(${any ? "$origin!=''" : origins}))`,
      '#set($answered=true)',
      '#set($context.responseOverride.status=204)',
      any && !cors.credentials
        ? set('Access-Control-Allow-Origin', "'*'")
        : `${set('Access-Control-Allow-Origin', '$origin')}${set('Vary', "'Origin'")}`,
      set('Access-Control-Allow-Methods', `'${cors.methods.join(', ')}'`),
      ...(cors.headers.length === 0
        ? []
        : [set('Access-Control-Allow-Headers', `'${cors.headers.join(', ')}'`)]),
      ...(cors.credentials ? [set('Access-Control-Allow-Credentials', "'true'")] : []),
      ...(cors.maxAgeSeconds === undefined ? [] : [set('Access-Control-Max-Age', `'${cors.maxAgeSeconds}'`)]),
      '#end',
    ].join('');
  });
  return [
    // A header that is not there is the empty text; browsers write these names as here, HTTP/2 in lower case.
    `#set($origin="$!input.params('Origin')")#if($origin=='')#set($origin="$!input.params('origin')")#end`,
    `#set($method="$!input.params('Access-Control-Request-Method')")`,
    `#if($method=='')#set($method="$!input.params('access-control-request-method')")#end`,
    '#set($answered=false)',
    ...cases,
    `#if(!$answered&&$origin!=''&&$method!='')#set($context.responseOverride.status=403)${problemTemplate(problems.forbidden)}`,
    `#elseif(!$answered)${problemTemplate(problems.methodNotAllowed)}#end`,
  ].join('');
}

function set(header: string, value: string): string {
  return `#set($context.responseOverride.header.${header}=${value})`;
}
