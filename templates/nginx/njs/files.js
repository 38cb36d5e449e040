// biome-ignore lint/style/useNodejsImportProtocol: njs knows the module by this name only.
import fs from 'fs';

/*
 * The gateway's own files: data that was built, which a reload may have changed, and secrets, which come at run time.
 */

const longest = 4096;

/** What `data/<name>.json` holds. */
function readData(r, name) {
  return JSON.parse(fs.readFileSync(`${r.variables.document_root}/${name}.json`, 'utf8'));
}

/**
 * The text of a secret without one final line feed; undefined when its file cannot be read, is empty or holds anything
 * but visible ASCII and blanks. `path` is relative to the gateway's folder unless absolute.
 */
function readSecret(r, path) {
  try {
    const place = path.charAt(0) === '/' ? path : `${r.variables.document_root}/../${path}`;
    const bytes = fs.readFileSync(place);
    const length = bytes[bytes.length - 1] === 0x0a ? bytes.length - 1 : bytes.length;
    if (isLine(bytes, length)) return bytes.toString('utf8', 0, length);
    r.error(`the file ${path} does not hold one line of visible ASCII`);
  } catch (error) {
    r.error(`the file ${path} cannot be read: ${error.message}`);
  }
  return undefined;
}

function isLine(bytes, length) {
  if (length < 1 || length > longest) return false;
  for (let i = 0; i < length; i += 1) {
    if (bytes[i] < 0x20 || bytes[i] > 0x7e) return false;
  }
  return true;
}

export default { readData, readSecret };
