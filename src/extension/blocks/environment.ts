import { map } from '../collections.ts';
import { optional, type RecordOf, record } from '../record.ts';
import type { Read, Shape } from '../shape.ts';
import { text } from '../text.ts';

const frontDoor = text({
  label: 'https URL',
  pattern: '[A-Za-z]{4,5}://[!-~]{1,1000}',
  allows: 'an absolute URL: scheme, host and optionally a port and a path',
  example: 'https://api.dev.example.com',
  parse: (value) => ({ value }),
});

const variableName = {
  label: 'server variable',
  pattern: '[A-Za-z0-9_.-]{1,128}',
  allows: 'letters, digits, dots, hyphens and underscores',
  example: 'region',
  parse: (value: string) => ({ value }),
};

const variableValue = text({
  label: 'part of a URL',
  pattern: '[A-Za-z0-9._~:/%-]{1,255}',
  allows: 'letters, digits and . _ ~ : / % -',
  example: 'eu-1',
  parse: (value) => ({ value }),
});

/** Fields of an environment that patch nothing: where clients find the gateway there. */
export const placeFields = {
  server: optional(
    frontDoor,
    'The front door there, for documents whose servers are relative or have variables; what `--server` gives.',
  ),
  serverVariables: optional(
    map(variableName, variableValue),
    'Values for the variables in URLs of `servers`, host names included.',
  ),
};

/** Where an environment is served. */
export const place: Shape<RecordOf<typeof placeFields>> = record('place of an environment', placeFields);

export type PlaceBlock = Read<typeof place>;
