import type { Operation, Route } from '../../model/gateway.ts';

/** Methods of API Gateway that serve an operation: HEAD is served wherever GET is (BEHAVIOUR.md M3). */
export function methodsOf({ method }: Operation, { operations }: Route): readonly string[] {
  const brings = method === 'GET' && !operations.some((one) => one.method === 'HEAD');
  return brings ? ['GET', 'HEAD'] : [method];
}
