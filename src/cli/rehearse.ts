import { startApp } from '../app.ts';
import { readConfig } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { beganWith } from '../rehearsal/beginning.ts';
import { administrator, cast, userPrincipalName } from '../rehearsal/cast.ts';
import { packageName } from '../rehearsal/design.ts';
import { rehearsalStage } from '../rehearsal/stage.ts';
import { portalSite } from './portal.ts';
import { runUntilStopped } from './run.ts';

/** Options of `sallyport rehearse`. */
export interface RehearseOptions {
  /** Begins with the people alone, and begins anew where something else was rehearsed. */
  readonly empty?: boolean;
}

/** `sallyport rehearse`: the server as a rehearsal stage, for this machine only. */
export async function rehearse({ empty }: RehearseOptions): Promise<void> {
  const config = { ...readConfig(process.env), host: '127.0.0.1' };
  const log = createLog(config.logLevel);
  console.log('Starting. The first time takes up to a minute.\n');
  await runUntilStopped(
    () =>
      startApp(config, rehearsalStage(empty === true ? { beginWith: 'people' } : {}), { log, site: portalSite(log) }),
    async ({ url, httpUrl, caPath, kit }) => {
      const width = Math.max(...cast.map(({ name }) => name.length));
      const people = [administrator, ...cast].map(({ name, part }) => `  ${name.padEnd(width)}  ${part}`);
      return [
        'Sallyport rehearses: two doors to a privilege, with a clock that you can move.',
        '',
        `  Portal      ${httpUrl}/`,
        `  Graph API   ${url}/v1.0  (also ${httpUrl}/v1.0)`,
        `  Mailbox     ${httpUrl}/rehearsal/mail?to=${userPrincipalName('manager')}`,
        `  Clock       ${httpUrl}/rehearsal/clock`,
        `  Trust       ${caPath}  (NODE_EXTRA_CA_CERTS, curl --cacert)`,
        '',
        `Who is who (all at ${userPrincipalName('').slice(1)}; GET ${httpUrl}/rehearsal has their ids):`,
        ...people,
        '',
        ...((await beganWith(kit.database.db)) === 'people' ? buildFirst : askFirst(httpUrl)),
        'Stop with Ctrl+C.',
      ];
    },
  );
}

const buildFirst = [
  'There are only the people. Build the design by hand, in the browser: docs/tutorial/README.md goes the whole way.',
];

function askFirst(httpUrl: string): string[] {
  return [
    'Try first: sign in as the requestor and look for what you may ask for.',
    `  TOKEN=$(curl -s ${httpUrl}/rehearsal/token -H 'content-type: application/json' \\`,
    `    -d '{"user":"${userPrincipalName('requestor')}","mfa":true}' | node -pe 'JSON.parse(fs.readFileSync(0)).access_token')`,
    `  curl -s -H "authorization: Bearer $TOKEN" \\`,
    `    "${httpUrl}/v1.0/identityGovernance/entitlementManagement/accessPackages/filterByCurrentUser(on='allowedRequestor')"`,
    `It is "${packageName}". The README goes on from there; "npm run walkthrough" plays the whole story.`,
    'To build the design by hand, as docs/tutorial/README.md does: npm start -- --empty',
  ];
}
