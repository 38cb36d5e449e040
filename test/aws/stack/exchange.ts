import type { HeaderList } from '../../support/http-message.ts';
import type { Method } from './api.ts';
import type { Deployed } from './deployed.ts';
import type { FrontRequest } from './request.ts';

/** What the gateway answers. */
export interface Answer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Buffer;
}

/** One request on its way through the gateway. What becomes known is filled in. */
export interface Exchange {
  readonly request: FrontRequest;
  readonly deployed: Deployed;
  /** Path below the base path of the domain. */
  readonly resourceRequestPath: string;
  readonly requestId: string;
  /** Unix time in milliseconds. */
  readonly now: number;
  /** Headers after the front end. */
  readonly headers: HeaderList;
  method?: Method;
  parameters?: ReadonlyMap<string, string>;
  /** `context.authorizer`. */
  authorizer?: Readonly<Record<string, string>>;
  apiKey?: string;
  error?: {
    readonly message: string | null;
    readonly responseType: string;
    readonly validation?: string;
    /** The status where the type itself says none. */
    readonly status?: number;
  };
  wafResponseCode?: string;
  integrationStatus?: number;
}

/** A failure that a gateway response answers. */
export class GatewayFailure extends Error {
  readonly responseType: string;
  /** `$context.error.message`; `null` where AWS gives none. */
  readonly said: string | null;
  readonly more: { readonly validation?: string; readonly status?: number };

  constructor(responseType: string, said: string | null, more: GatewayFailure['more'] = {}) {
    super(`${responseType}: ${said}`);
    this.responseType = responseType;
    this.said = said;
    this.more = more;
  }
}
