export * from './key-diagnostics.ts';
export * from './route-diagnostics.ts';
export * from './server-diagnostics.ts';
