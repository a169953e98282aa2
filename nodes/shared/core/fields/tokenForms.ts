/** Sources of regular expressions for the tokens of services, by the prefixes that only they have. Letter case matters. */

/** Random characters have digits or upper-case letters among them; the words of a name such as `ops_monitoring` do not. */
function token(prefix: string, minimum: number, characters = '\\w-'): string {
	return `${prefix}(?=[${characters}]{0,64}[0-9A-Z])[${characters}]{${minimum},}`;
}

const ONE_PASSWORD = [
	'ops_eyJ[\\w-]*',
	token('ops_', 20),
	// The Secret Key of an account.
	'A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}',
	// The recovery code of an account.
	'1PRK(?:-[A-Z0-9]{4}){6,}',
];

const CODE_HOSTS = [
	token('gh[opsur]_', 16),
	token('github_pat_', 16),
	token('gl(?:agent|cbt|dt|ffct|ft|imt|oas|pat|ptt|rt|soat)-', 16),
	token('AT(?:AT|CT)T3', 20),
	token('ATBB', 24, 'A-Za-z0-9'),
	token('(?:bk(?:ct|ua)|sgp)_', 32),
	token('CCIPAT_', 16),
	token('sq[apu]_', 32, 'a-f0-9'),
];

const REGISTRIES = [
	token('npm_', 20, 'A-Za-z0-9'),
	token('pypi-', 16),
	token('rubygems_', 32, 'a-f0-9'),
	token('dckr_[op]at_', 16),
	'AKCp[A-Za-z0-9]{20,}',
];

const CLOUDS = [
	'(?:FwoGZXIvYXdz|IQoJb3JpZ2lu)[\\w/+=]{16,}',
	token('AIza', 30),
	token('ya29\\.', 16),
	token('GOCSPX-', 16),
	'1//0[\\w-]{20,}',
	'[\\w~.-]{3}8Q~[\\w~.-]{31,34}',
	token('do[opr]_v1_', 32, 'a-f0-9'),
	token('hv[brs]\\.', 16),
	'[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{40,}',
	token('dp\\.(?:audit|ct|pt|sa|scim|st)\\.', 20, '\\w.-'),
	token('pul-', 32, 'a-f0-9'),
	token('HRKU-', 16),
	token('(?:fm2|fo1|nfp|rpa|v[ac]p)_', 20),
	token('cf(?:at|k|ut)_', 32),
	'AQ\\.Ab[\\w-]{30,}',
	'dt0[a-z]\\d{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{40,}',
	'sig=[\\w%+/]{40,}',
	token('tskey-', 16),
	token('pscale_(?:oauth|pw|tkn)_', 16),
	token('sbp_', 20),
	token('sb_secret_', 16),
	token('dapi', 32, 'a-f0-9'),
];

const SERVICES = [
	token('xox[abeoprs](?:\\.xox[bp])?-', 8),
	token('xapp-', 16),
	'hooks\\.(?:slack\\.com/(?:services|workflows|triggers)|zapier\\.com/hooks/catch)/[\\w/-]{8,}',
	'discord(?:app)?\\.com/api/webhooks/\\d+/[\\w-]{40,}',
	token('[rs]k_(?:org_)?(?:live|test)_', 8),
	token('whsec_', 16, '\\w+/='),
	token('(?:csk|nvapi|pplx|sk|tvly|xai)-', 20),
	token('(?:apify_api|gsk|hf|lsv2_(?:pt|sk)|n8n_api|ory_[a-z]{2,3}|pcsk|ph[sx]|r8)_', 20),
	token('secret_', 40, 'A-Za-z0-9'),
	're_[A-Za-z0-9]{6,12}_[A-Za-z0-9]{20,}',
	// A public one begins with pk.
	'[st]k\\.eyJ[\\w-]{8,}',
	'pat-[a-z]{2}\\d-[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}',
	'SG\\.[\\w-]{10,}\\.[\\w-]{10,}',
	token('key-', 32, 'a-f0-9'),
	'[0-9a-f]{32}-us\\d{1,2}',
	// Mailgun.
	'[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![0-9a-f])',
	token('xkeysib-', 20),
	token('shp(?:at|ca|pa|ss)_', 16),
	token('sq0(?:atp|csp)-', 16),
	token('gl(?:c|sa)_', 20),
	token('sntry[su]_', 20, '\\w+/='),
	token('NRAK-', 16),
	token('lin_(?:api|oauth)_', 16),
	token('ntn_', 20),
	token('figd_', 16),
	token('(?:CFPAT|PMAK)-', 16),
	'pat[A-Za-z0-9]{14}\\.[0-9a-f]{32,}',
	'[MNO][\\w-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,}',
	'\\d{8,10}:AA[\\w-]{32,}',
];

export const TOKEN_FORMS: readonly string[] = [ONE_PASSWORD, CODE_HOSTS, REGISTRIES, CLOUDS, SERVICES].flat();
