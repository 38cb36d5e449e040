import type { JwtAuthenticator } from '../../../model/authentication.ts';
import type { Gateway } from '../../../model/gateway.ts';
import { secretPath } from '../secrets.ts';
import { settingsOf } from '../settings.ts';
import { address } from '../token/address.ts';
import { argument, interpolated, refusalOf, text } from '../token.ts';
import { fetchedKeySet, isFetched } from '../verifier/key-sets.ts';
import { supportedAlgorithms } from '../verifier/supported-algorithms.ts';

/** Why the tokens of an authenticator cannot be verified as asked; undefined when they can. */
export function refusalOfKeys(
  { algorithms, issuers }: JwtAuthenticator,
  gateway: Gateway,
): string | undefined {
  const { version } = gateway.targets.nginx;
  const supported = supportedAlgorithms(version.value);
  const missing = algorithms.value.filter((algorithm) => !supported.includes(algorithm));
  if (missing.length > 0) return `the njs of nginx ${version.value} does not verify ${missing.join(', ')}`;
  return issuers.value
    .map(({ issuer, keys }) => {
      const source = keys.value;
      if (source.kind === 'pinned') return undefined;
      if (isFetched(source)) return refusalOfUrl(fetchedKeySet(source, issuer.value).url, gateway);
      return secretPath(gateway, source.secret) === undefined
        ? `there is no secret "${source.secret}"`
        : undefined;
    })
    .find((reason) => reason !== undefined);
}

function refusalOfUrl(
  { host, port, target }: ReturnType<typeof fetchedKeySet>['url'],
  gateway: Gateway,
): string | undefined {
  const settings = settingsOf(gateway);
  if (settings.resolver.length > 0 && settings.minor < 27) {
    return `nginx ${settings.version} cannot resolve names of issuers while it runs (targets.nginx.resolver); 1.27 can`;
  }
  return (
    refusalOf(() => address(host, port)) ??
    refusalOf(() => interpolated(text(target))) ??
    refusalOf(() => argument(settings.authorities))
  );
}
