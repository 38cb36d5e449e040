import { createHash } from 'node:crypto';
import { createContext, runInContext } from 'node:vm';
import type { EdgeEvent } from './event.ts';

/**
 * The runtime cloudfront-js-2.0, as far as its page says what there is (CloudFront Developer Guide, "JavaScript runtime
 * 2.0 features for CloudFront Functions"): methods that are not listed there are taken away.
 */
const listed: Readonly<Record<string, readonly string[]>> = {
  Object: ['assign', 'create', 'entries', 'freeze', 'keys', 'values'],
  'Object.prototype': ['hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'toString', 'valueOf'],
  Array: ['isArray', 'of'],
  'Array.prototype': [
    ...[
      'concat',
      'copyWithin',
      'every',
      'fill',
      'filter',
      'find',
      'findIndex',
      'forEach',
      'includes',
      'indexOf',
    ],
    ...[
      'join',
      'lastIndexOf',
      'map',
      'pop',
      'push',
      'reduce',
      'reduceRight',
      'reverse',
      'shift',
      'slice',
      'some',
    ],
    ...['sort', 'splice', 'unshift'],
  ],
  String: ['fromCharCode', 'fromCodePoint'],
  'String.prototype': [
    ...[
      'charAt',
      'codePointAt',
      'concat',
      'endsWith',
      'includes',
      'indexOf',
      'lastIndexOf',
      'match',
      'padEnd',
    ],
    ...['padStart', 'repeat', 'replace', 'replaceAll', 'search', 'slice', 'split', 'startsWith', 'substr'],
    ...['substring', 'toLowerCase', 'toUpperCase', 'trim', 'trimEnd', 'trimStart'],
  ],
  'RegExp.prototype': [
    'exec',
    'test',
    'toString',
    'global',
    'ignoreCase',
    'multiline',
    'source',
    'sticky',
    'flags',
  ],
};

/** Globals that only newer runtimes have. */
const absent = [
  'Set',
  'Map',
  'WeakMap',
  'WeakSet',
  'Reflect',
  'Proxy',
  'Intl',
  'eval',
  'WebAssembly',
  'structuredClone',
];

const restrict = `
  const { getOwnPropertyNames, entries } = Object;
  const has = (list, one) => Array.prototype.indexOf.call(list, one) !== -1;
  const kept = ['constructor', 'length', 'name', 'prototype', 'lastIndex', 'description'];
  const all = entries(listed).map(([name, methods]) => {
    const [type, prototype] = name.split('.');
    return [prototype === undefined ? globalThis[type] : globalThis[type][prototype], methods];
  });
  for (const [object, methods] of all)
    for (const own of getOwnPropertyNames(object))
      if (!has(methods, own) && !has(kept, own) && own[0] !== '_') delete object[own];
  for (const name of absent) delete globalThis[name];
  delete globalThis.listed;
  delete globalThis.absent;
`;

const modules: Readonly<Record<string, unknown>> = { crypto: { createHash } };

/** Loads the code of a function; the returned handler takes and gives plain objects. */
export function loadFunction(code: string): (event: EdgeEvent) => Answer {
  const context = createContext({ listed, absent, require: (name: string) => modules[name] });
  runInContext(`{${restrict}}`, context);
  runInContext(`'use strict';\n${code}`, context);
  return ({ query, ...event }) => {
    context['text'] = JSON.stringify(event);
    context['query'] = query;
    return JSON.parse(runInContext(call, context)) as Answer;
  };
}

/** The event belongs to the runtime, with `rawQueryString` (CloudFront Developer Guide, "General helper methods"). */
const call = `(() => {
  const event = JSON.parse(text);
  event.request.rawQueryString = () => query;
  return JSON.stringify(handler(event));
})()`;

export interface Field {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}

/** A request that goes on, or an answer. */
export interface Answer {
  readonly uri?: string;
  readonly headers: Readonly<Record<string, Field>>;
  readonly statusCode?: number;
  readonly statusDescription?: string;
  readonly body?: string | { readonly encoding: string; readonly data: string };
}
