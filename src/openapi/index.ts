export { readOpenApi } from './read-openapi.ts';
export { loadValidators } from './validators.ts';
