import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { bundled } from '../../src/targets/aws/authorizer/bundle-authorizer.js';

/** Exports of one module of the authorizer, shortened as in the text that is deployed. `parts`: those that it asks. */
export function authorizerModule<T>(file: string, parts: readonly string[] = []): T {
  const name = file.replace(/\.js$/, '');
  const text = bundled(`export * from './${name}.js';\n`, { format: 'cjs' });
  const module = { exports: {} };
  const before = parts.map((part) => bundled(`${part}.js`, { format: 'iife' })).join('');
  const load = compileFunction(`const PARTS = {};\n${before}${text}`, [
    'module',
    'exports',
    'require',
    'console',
  ]);
  load(module, module.exports, createRequire(import.meta.url), { error: () => undefined });
  return module.exports as T;
}
