export { isUnreadable } from './diagnostics.ts';
export { loadDocuments } from './load-documents.ts';
export { mergePatch } from './merge-patch.ts';
