/** Written by `node src/targets/aws/authorizer/bundle-authorizer.js` from templates/aws/authorizer. */
declare module '*/generated/authorizer.js' {
  /** The authorizer of each kind of API, and what only some gateways put in front of it. */
  export const authorizerTexts: Readonly<
    Record<'http' | 'rest' | 'addresses' | 'certificates' | 'passwords' | 'secrets' | 'services', string>
  >;
}
