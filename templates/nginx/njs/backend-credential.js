// biome-ignore lint/style/useNodejsImportProtocol: njs knows the module by this name only.
import fs from 'fs';

/*
 * The credential that a back end asks of the gateway. It is read from its file for each request, so that a new value
 * holds at once and no value is ever part of the configuration.
 */

const LONGEST = 4096;

/**
 * js_set: what the file named by $gw_credential_file holds, without one final line feed. The empty text when there is
 * no such file or it holds anything that cannot be one field value (RFC 9110 section 5.5): the request is then refused.
 */
function credential(r) {
  const name = r.variables.gw_credential_file;
  try {
    const bytes = fs.readFileSync(name.charAt(0) === '/' ? name : `${r.variables.document_root}/${name}`);
    const length = bytes[bytes.length - 1] === 0x0a ? bytes.length - 1 : bytes.length;
    if (isFieldValue(bytes, length)) return bytes.toString('utf8', 0, length);
    r.error(`the file ${name} does not hold one line of visible ASCII`);
  } catch (error) {
    r.error(`the file ${name} cannot be read: ${error.message}`);
  }
  return '';
}

/** Visible ASCII, with blanks inside only. */
function isFieldValue(bytes, length) {
  if (length < 1 || length > LONGEST || bytes[0] === 0x20 || bytes[length - 1] === 0x20) return false;
  for (let i = 0; i < length; i += 1) {
    if (bytes[i] < 0x20 || bytes[i] > 0x7e) return false;
  }
  return true;
}

export default { credential };
