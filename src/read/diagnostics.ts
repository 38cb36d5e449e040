export * from './environment-diagnostics.ts';
export * from './guard-diagnostics.ts';
export * from './identity-diagnostics.ts';
export * from './key-diagnostics.ts';
export * from './root-diagnostics.ts';
export * from './route-diagnostics.ts';
export * from './security-diagnostics.ts';
export * from './server-diagnostics.ts';
