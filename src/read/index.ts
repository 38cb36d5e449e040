export { environmentNames } from './environment/apply-environment.ts';
export { type GatewayInput, readGateway } from './read-gateway.ts';
