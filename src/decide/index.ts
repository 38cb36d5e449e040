export { decide } from './decide.ts';
export type { Arrival, Decision, Forwarded, World } from './decision.ts';
export { type Explanation, explain } from './explain.ts';
export type { OperationExplanation } from './explain-operation.ts';
export { matchRoute, matchSegments, type PathParameters, type RouteMatch } from './match-route.ts';
