export { type GatewayInput, readGateway } from './read-gateway.ts';
