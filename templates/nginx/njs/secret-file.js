// biome-ignore lint/style/useNodejsImportProtocol: njs knows the module by this name only.
import fs from 'fs';

/*
 * Secrets, which lie in files and are read when they are needed, so that a new one counts at once.
 */

/**
 * The bytes of a file without one final line feed; undefined, and a line in the error log, when it cannot be read.
 * path: absolute, or relative to the folder of the gateway. r: a request to the verifier.
 */
function read(r, path) {
  try {
    const bytes = fs.readFileSync(path.charAt(0) === '/' ? path : `${r.variables.document_root}/../${path}`);
    const last = bytes.length - 1;
    return last >= 0 && bytes[last] === 0x0a ? bytes.slice(0, last) : bytes;
  } catch (error) {
    r.error(`the secret in "${path}" cannot be read: ${error.message}`);
    return undefined;
  }
}

export default { read };
