import Ajv from 'ajv';
import { bodyRules } from './check/body-rules.ts';
import { bodySchema } from './check/body-schema.ts';
import type { JsonRecord } from './stack/json.ts';

const conforms = new Ajv.default({ allErrors: true, strict: false }).compile(bodySchema);

/** The largest file that can be imported, in bytes (API Gateway Developer Guide, "Quotas"). */
const largestFile = 6 * 1024 * 1024;

/** What the importer of REST APIs would refuse, ignore or weaken in a document whose functions are resolved. */
export function checkBody(document: JsonRecord): readonly string[] {
  conforms(document);
  const mistakes = (conforms.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
  const size = Buffer.byteLength(JSON.stringify(document));
  return [
    ...mistakes,
    ...bodyRules.flatMap((rule) => rule(document)),
    ...(size > largestFile ? [`${size} bytes`] : []),
  ];
}
