import { createHash } from 'node:crypto';
import type { KeySource, TrustedIssuer } from '../../../model/authentication.ts';
import type { Gateway } from '../../../model/gateway.ts';
import type { Artifact } from '../../target.ts';

/** A key set that the verifier fetches from an issuer and shares between all workers. */
export interface FetchedKeySet {
  /** 32 lower-case hexadecimal digits over everything that decides what the set is. */
  readonly id: string;
  readonly kind: 'remote' | 'discovery';
  readonly url: KeySetUrl;
  /** What the provider's configuration must name. */
  readonly issuer: string;
}

/** An absolute URL taken apart; every part as it is written, the host in lower case. */
interface KeySetUrl {
  readonly text: string;
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** Raw path and query. */
  readonly target: string;
}

/** `data/key-sets/<id>.json`: what the verifier reads of one. */
interface KeySetData {
  readonly kind: FetchedKeySet['kind'];
  readonly url: string;
  readonly issuer: string;
  /** Of the URL, in lower case, without the port that the scheme has by itself. */
  readonly origin: string;
  /** For so long, nobody asks for newer keys unless a token names an unknown one. */
  readonly freshSeconds: number;
  /** So long after a question, good or bad, the issuer is not asked again. */
  readonly retrySeconds: number;
  /** Keys that came longer ago are not used. */
  readonly keepSeconds: number;
}

/** LANGUAGE.md §4. A fence of nginx, which counts 30.3 seconds, stands behind the 30 that the language asks for. */
const times = { freshSeconds: 600, retrySeconds: 31, keepSeconds: 86_400 } as const;

/** Changes with the form of what is kept, for the cache outlives a new build. */
const FORM = 1;

type FetchedSource = Extract<KeySource, { readonly kind: FetchedKeySet['kind'] }>;

export function isFetched(source: KeySource): source is FetchedSource {
  return source.kind === 'remote' || source.kind === 'discovery';
}

/** The key set behind a source of an issuer. */
export function fetchedKeySet(source: FetchedSource, issuer: string): FetchedKeySet {
  const { kind, url } = source;
  const identity = JSON.stringify([FORM, kind, url, kind === 'discovery' ? issuer : '']);
  const id = createHash('sha256').update(identity).digest('hex').slice(0, 32);
  return { id, kind, url: urlParts(url), issuer };
}

/** Every key set that some operation's authenticators need, by id. */
export function fetchedKeySets(gateway: Gateway): readonly FetchedKeySet[] {
  const used = new Set(
    gateway.sites
      .flatMap(({ routes }) => routes.flatMap(({ operations }) => operations))
      .flatMap(({ features: { authentication } }) =>
        authentication.value.kind === 'public' ? [] : authentication.value.anyOf.flat(),
      )
      .map(({ authenticator }) => authenticator),
  );
  const sets = gateway.authenticators
    .filter(({ name }) => used.has(name))
    .flatMap((one) => (one.kind === 'jwt' ? one.issuers.value : []))
    .flatMap(({ keys, issuer }: TrustedIssuer) =>
      isFetched(keys.value) ? [fetchedKeySet(keys.value, issuer.value)] : [],
    );
  const byId = new Map(sets.map((set) => [set.id, set]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The data files of key sets. */
export function keySetArtifacts(sets: readonly FetchedKeySet[]): readonly Artifact[] {
  return sets.map(({ id, kind, url, issuer }) => {
    const data: KeySetData = { kind, url: url.text, issuer, origin: originOf(url), ...times };
    return { path: `data/key-sets/${id}.json`, contents: `${JSON.stringify(data, undefined, 1)}\n` };
  });
}

function originOf({ scheme, host, port }: KeySetUrl): string {
  return `${scheme}://${host}${port === defaultPort(scheme) ? '' : `:${port}`}`;
}

function defaultPort(scheme: KeySetUrl['scheme']): number {
  return scheme === 'https' ? 443 : 80;
}

/** The model's URLs are absolute and canonical. */
function urlParts(url: string): KeySetUrl {
  const [, scheme, host = '', port, target = ''] =
    /^(https?):\/\/(\[[^\]]*\]|[^/?:]*)(?::([0-9]+))?(.*)$/i.exec(url) ?? [];
  const protocol = scheme?.toLowerCase() === 'http' ? 'http' : 'https';
  return {
    text: url,
    scheme: protocol,
    host: host.toLowerCase(),
    port: port === undefined ? defaultPort(protocol) : Number(port),
    target: target.startsWith('/') ? target : `/${target}`,
  };
}
