// biome-ignore lint/style/useNodejsImportProtocol: njs knows the module by this name only.
import fs from 'fs';

/**
 * js_set: what tells this run of the gateway from all others. A worker's number alone comes again when a container is
 * started again, while decisions kept on disk are still there. Where the file of the main process cannot be read, the
 * answer is one that nothing has: no decision is then used twice.
 */
function instance(r) {
  const worker = r.variables.pid;
  try {
    const folder = r.variables.document_root.replace(/[/][^/]*$/, '');
    return `${worker} ${fs.statSync(`${folder}/run/nginx.pid`).mtimeMs}`;
  } catch (_error) {
    return `${worker} ${Date.now()} ${Math.random()}`;
  }
}

export default { instance };
