import type { WafRules } from '../../../model/inspection.ts';

/** A group of rules that AWS keeps (AWS WAF Developer Guide, "AWS Managed Rules rule groups list"), November 2026. */
export interface ManagedGroup {
  readonly name: string;
  readonly capacity: number;
  /** The rules that can be left out, by name; one that the group does not have would be refused. */
  readonly rules: readonly string[];
}

const everywhere = (rule: string, ...places: readonly string[]): readonly string[] =>
  places.map((place) => `${rule}_${place}`);

/** Blocks bodies above 8 KB whatever an operation takes; a rule of the gateway's own does in its place. */
export const sizeOfBodies = 'SizeRestrictions_BODY';

const core: ManagedGroup = {
  name: 'AWSManagedRulesCommonRuleSet',
  capacity: 700,
  rules: [
    'NoUserAgent_HEADER',
    'UserAgent_BadBots_HEADER',
    'SizeRestrictions_Cookie_HEADER',
    ...everywhere('SizeRestrictions', 'QUERYSTRING', 'BODY', 'URIPATH'),
    ...everywhere('EC2MetaDataSSRF', 'BODY', 'COOKIE', 'URIPATH', 'QUERYARGUMENTS'),
    ...everywhere('GenericLFI', 'QUERYARGUMENTS', 'URIPATH', 'BODY'),
    ...everywhere('RestrictedExtensions', 'URIPATH', 'QUERYARGUMENTS'),
    ...everywhere('GenericRFI', 'QUERYARGUMENTS', 'BODY', 'URIPATH'),
    ...everywhere('CrossSiteScripting', 'COOKIE', 'QUERYARGUMENTS', 'BODY', 'URIPATH'),
  ],
};

const sql: ManagedGroup = {
  name: 'AWSManagedRulesSQLiRuleSet',
  capacity: 200,
  rules: [
    ...everywhere('SQLi', 'QUERYARGUMENTS', 'BODY', 'COOKIE', 'URIPATH'),
    ...everywhere('SQLiExtendedPatterns', 'QUERYARGUMENTS', 'BODY'),
  ],
};

const knownBadInputs: ManagedGroup = {
  name: 'AWSManagedRulesKnownBadInputsRuleSet',
  capacity: 200,
  rules: [
    'Host_localhost_HEADER',
    'PROPFIND_METHOD',
    'ExploitablePaths_URIPATH',
    ...everywhere('JavaDeserializationRCE', 'BODY', 'URIPATH', 'QUERYSTRING', 'HEADER'),
    ...everywhere('Log4JRCE', 'QUERYSTRING', 'BODY', 'URIPATH', 'HEADER'),
  ],
};

const ipReputation: ManagedGroup = {
  name: 'AWSManagedRulesAmazonIpReputationList',
  capacity: 25,
  rules: ['AWSManagedIPReputationList', 'AWSManagedReconnaissanceList', 'AWSManagedIPDDoSList'],
};

const anonymousIp: ManagedGroup = {
  name: 'AWSManagedRulesAnonymousIpList',
  capacity: 50,
  rules: ['AnonymousIPList', 'HostingProviderIPList'],
};

export const botControl: ManagedGroup = {
  name: 'AWSManagedRulesBotControlRuleSet',
  capacity: 50,
  rules: [
    'CategoryAdvertising',
    'CategoryArchiver',
    'CategoryContentFetcher',
    'CategoryEmailClient',
    'CategoryHttpLibrary',
    'CategoryLinkChecker',
    'CategoryMiscellaneous',
    'CategoryMonitoring',
    'CategoryScrapingFramework',
    'CategorySearchEngine',
    'CategorySecurity',
    'CategorySeo',
    'CategorySocialMedia',
    'CategoryAI',
    'SignalAutomatedBrowser',
    'SignalKnownBotDataCenter',
    'SignalNonBrowserUserAgent',
  ],
};

export const managedGroups: { readonly [R in WafRules]: readonly ManagedGroup[] } = {
  'owasp-crs': [core, sql],
  'known-bad-inputs': [knownBadInputs],
  'ip-reputation': [ipReputation],
  'anonymous-ip': [anonymousIp],
  bots: [botControl],
};
