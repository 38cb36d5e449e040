import { createHash } from 'node:crypto';

/**
 * A logical id in snake case: `RestApi2` is `rest_api2`. Every capital gets its underscore, so that different ids have
 * different names.
 */
export function nameOf(logicalId: string): string {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(logicalId))
    throw new RangeError(`"${logicalId}" is no logical id that begins with a capital`);
  return logicalId.replace(
    /[A-Z]/g,
    (capital, at: number) => `${at === 0 ? '' : '_'}${capital.toLowerCase()}`,
  );
}

/** A name for something that only a text of the document tells apart. */
export function nameFor(prefix: string, told: string): string {
  const words = told.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const digest = createHash('sha256').update(told).digest('hex').slice(0, 8);
  return [prefix, ...words, digest].join('_');
}
