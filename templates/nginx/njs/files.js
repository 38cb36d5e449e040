// biome-ignore lint/style/useNodejsImportProtocol: njs knows the module by this name only.
import fs from 'fs';
import secretFile from './secret-file.js';

/*
 * The gateway's own files: data that was built, which a reload may have changed, and secrets, which come at run time.
 */

const longest = 4096;

/** What `data/<name>.json` holds. */
function readData(r, name) {
  return JSON.parse(fs.readFileSync(`${r.variables.document_root}/${name}.json`, 'utf8'));
}

/** The text of a secret; undefined when it cannot be read, is empty or holds anything but visible ASCII and blanks. */
function readSecret(r, path) {
  const bytes = secretFile.read(r, path);
  if (bytes === undefined) return undefined;
  if (isLine(bytes)) return bytes.toString('utf8', 0, bytes.length);
  r.error(`the file ${path} does not hold one line of visible ASCII`);
  return undefined;
}

function isLine(bytes) {
  if (bytes.length < 1 || bytes.length > longest) return false;
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] < 0x20 || bytes[i] > 0x7e) return false;
  }
  return true;
}

export default { readData, readSecret };
