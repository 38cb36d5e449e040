export { isUnreadable } from './diagnostics.ts';
export { loadDocuments } from './load-documents.ts';
