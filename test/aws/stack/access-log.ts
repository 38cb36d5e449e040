import { contextOf, contextValue } from './context.ts';
import type { Answer, Exchange } from './exchange.ts';

/**
 * A line of the access log (API Gateway Developer Guide, "Set up CloudWatch logging for REST APIs"): `$context.x` is
 * replaced by its value as it is (assumed: nothing is escaped), `-` where there is none.
 */
export function accessLogLine(format: string, exchange: Exchange, answer: Answer): string {
  const context = {
    ...contextOf(exchange),
    status: answer.status,
    responseLength: answer.body.length,
    responseLatency: 1,
  };
  return format.replace(
    /\$context((?:\.[A-Za-z0-9_-]+)+)/g,
    (_, path: string) => contextValue(context, path.slice(1)) ?? '-',
  );
}
