import { isObject, own, readObject } from './json.js';

/*
 * Secrets, which the function reads itself, with the SDK that its runtime brings.
 */

/** A new value counts after this time; while it cannot be read, the last one does. */
const freshSeconds = 300;
/** So long after it could not be read, it is not asked for again. */
const retrySeconds = 5;
const longestLine = 4096;

/** source: {kind, name, field?} as in the gateway's data. */
function secret(source) {
  let value;
  let read;
  let pending;

  const renew = (now) => {
    read = now;
    pending = valueFrom(source)
      .then((bytes) => {
        value = contentsOf(bytes, source.field);
      })
      .catch((error) => console.error(`the secret ${source.name} cannot be read: ${error.message}`))
      .finally(() => {
        pending = undefined;
      });
    return pending;
  };

  /** The bytes at a time (Unix seconds) without one final line feed; undefined when they cannot be had. */
  const bytesAt = async (now) => {
    const seconds = value === undefined ? retrySeconds : freshSeconds;
    if (pending !== undefined) await pending;
    else if (read === undefined || now - read >= seconds || read > now) await renew(now);
    return value;
  };

  return {
    bytesAt,
    /** The text of one line of visible ASCII and blanks. */
    lineAt: async (now) => {
      const bytes = await bytesAt(now);
      const text = bytes?.toString('latin1') ?? '';
      return text.length <= longestLine && /^[\x20-\x7e]+$/.test(text) ? text : undefined;
    },
  };
}

function contentsOf(bytes, field) {
  const found = field === undefined ? bytes : memberOf(bytes, field);
  return found.at(-1) === 0x0a ? found.subarray(0, -1) : found;
}

function memberOf(bytes, field) {
  const object = readObject(bytes);
  const member = isObject(object) ? own(object, field) : undefined;
  if (typeof member !== 'string') throw new Error(`it has no text called ${field}`);
  return Buffer.from(member);
}

async function valueFrom({ kind, name }) {
  if (kind === 'ssm') {
    const { GetParameterCommand, SSMClient } = require('@aws-sdk/client-ssm');
    const { Parameter } = await new SSMClient({}).send(
      new GetParameterCommand({ Name: name, WithDecryption: true }),
    );
    return Buffer.from(Parameter.Value);
  }
  const { GetSecretValueCommand, SecretsManagerClient } = require('@aws-sdk/client-secrets-manager');
  const { SecretBinary, SecretString } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: name }),
  );
  return Buffer.from(SecretString ?? SecretBinary);
}

PARTS.secrets = { secret };
