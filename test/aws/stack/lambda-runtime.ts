import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import type { LambdaFunction } from './deployed.ts';

/** What the outside of a function is to it. */
export interface LambdaOutside {
  /** Unix time in milliseconds. */
  readonly now: () => number;
  readonly fetch: typeof fetch;
  readonly log: (line: string) => void;
}

/** A function that has started: `invoke` calls its handler with an event. */
export interface StartedFunction {
  readonly invoke: (event: unknown) => Promise<unknown>;
}

/** A failure of the function itself, with the message of what it threw. */
export class FunctionFailure extends Error {}

const builtIn = createRequire(import.meta.url);

/**
 * Runs emitted CommonJS code in a context of its own, as the Node.js runtime of Lambda does on a cold start (Lambda
 * Developer Guide, "Define Lambda function handler in Node.js"): modules of Node and files of the function can be
 * required, the handler is asynchronous, and Node.js 24 has no callbacks.
 */
export function startFunction(code: LambdaFunction, outside: LambdaOutside): StartedFunction {
  const context = createContext(globalsFor(code, outside));
  const modules = new Map<string, { exports: unknown }>();
  const load = (path: string): unknown => {
    const loaded = modules.get(path);
    if (loaded !== undefined) return loaded.exports;
    const text = code.files.get(path);
    if (text === undefined) throw new Error(`Cannot find module '${path}'`);
    const module = { exports: {} };
    modules.set(path, module);
    if (path.endsWith('.json')) {
      module.exports = runInContext(`(${text})`, context) as object;
      return module.exports;
    }
    const wrapped = runInContext(`(function (exports, require, module) {${text}\n})`, context, {
      filename: path,
    });
    wrapped(module.exports, (name: string) => required(name, path), module);
    return module.exports;
  };
  const required = (name: string, from: string): unknown => {
    if (!name.startsWith('.')) return builtIn(name.startsWith('node:') ? name : `node:${name}`);
    const path = normalize(join(dirname(from), name));
    return load(
      ['', '.js', '.json'].map((end) => `${path}${end}`).find((one) => code.files.has(one)) ?? path,
    );
  };
  const [file = '', exported = ''] = code.handler.split('.');
  const entry = load(`${file}.js`) as Record<string, unknown>;
  const handler = entry[exported];
  if (typeof handler !== 'function') throw new Error(`${code.handler} is no function`);
  return { invoke: (event) => invoke(handler as Handler, event, code.timeoutSeconds) };
}

type Handler = (event: unknown, context: unknown) => unknown;

async function invoke(handler: Handler, event: unknown, timeoutSeconds: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = (): void => reject(new FunctionFailure(`Task timed out after ${timeoutSeconds} seconds`));
    timer = setTimeout(fail, timeoutSeconds * 1000);
  });
  try {
    const copy = JSON.parse(JSON.stringify(event));
    const result = await Promise.race([Promise.resolve().then(() => handler(copy, {})), late]);
    return JSON.parse(JSON.stringify(result ?? null));
  } catch (error) {
    if (error instanceof FunctionFailure) throw error;
    throw new FunctionFailure(String((error as Error | undefined)?.message ?? error), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** The globals of Node that are no part of the language. */
function globalsFor(code: LambdaFunction, { fetch, log, now }: LambdaOutside): Record<string, unknown> {
  class ClockedDate extends Date {
    constructor(...parts: unknown[]) {
      super(...((parts.length === 0 ? [now()] : parts) as [number]));
    }
    static override now(): number {
      return now();
    }
  }
  const write = (...values: unknown[]): void => log(values.map(String).join(' '));
  return {
    ...{ AbortController, AbortSignal, Buffer, TextDecoder, TextEncoder, URL, URLSearchParams },
    ...{ atob, btoa, clearTimeout, crypto, setTimeout, structuredClone, queueMicrotask },
    console: { log: write, error: write, warn: write, info: write },
    Date: ClockedDate,
    fetch,
    process: { env: { ...code.environment } },
  };
}
