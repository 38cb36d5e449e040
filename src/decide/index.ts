export { decide } from './decide.ts';
export type { Arrival, Decision, Forwarded, World } from './decision.ts';
export { matchRoute, matchSegments, type PathParameters, type RouteMatch } from './match-route.ts';
