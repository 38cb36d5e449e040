export { decide } from './decide.ts';
export { type Explanation, explain } from './explain.ts';
export { matchSegments } from './match-route.ts';
