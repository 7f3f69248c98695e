import applications from './applications.json' with { type: 'json' };
import approvals from './approvals.json' with { type: 'json' };
import assignments from './assignments.json' with { type: 'json' };
import audit from './audit.json' with { type: 'json' };
import catalogs from './catalogs.json' with { type: 'json' };
import directory from './directory.json' with { type: 'json' };
import groups from './groups.json' with { type: 'json' };
import health from './health.json' with { type: 'json' };
import myAccess from './my-access.json' with { type: 'json' };
import overview from './overview.json' with { type: 'json' };
import packagesAdmin from './packages-admin.json' with { type: 'json' };
import parts from './parts.json' with { type: 'json' };
import pim from './pim.json' with { type: 'json' };
import policy from './policy.json' with { type: 'json' };
import rehearsal from './rehearsal.json' with { type: 'json' };
import requestsAdmin from './requests-admin.json' with { type: 'json' };
import roles from './roles.json' with { type: 'json' };
import rule from './rule.json' with { type: 'json' };
import security from './security.json' with { type: 'json' };
import shell from './shell.json' with { type: 'json' };
import signIn from './sign-in.json' with { type: 'json' };

export const words = {
  ...applications,
  ...approvals,
  ...assignments,
  ...audit,
  ...catalogs,
  ...directory,
  ...groups,
  ...health,
  ...myAccess,
  ...overview,
  ...packagesAdmin,
  ...parts,
  ...pim,
  ...policy,
  ...rehearsal,
  ...requestsAdmin,
  ...roles,
  ...rule,
  ...security,
  ...shell,
  ...signIn,
};
