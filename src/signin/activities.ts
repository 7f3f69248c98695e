import type { Activities } from '../kernel/event.ts';
import { peopleActivities } from './people/operations.ts';

/** How registrations show in the audit log; names from Microsoft's audit activity reference. */
export const activities: Activities = {
  ...peopleActivities,
  'app.registered': application('Add service principal', 'Add'),
  'app.updated': application('Update service principal', 'Update'),
  'app.enabled': application('Enable service principal', 'Update'),
  'app.disabled': application('Disable service principal', 'Update'),
  'app.deleted': application('Remove service principal', 'Delete'),
  'app.credentialAdded': application('Add service principal credentials', 'Add'),
  'app.credentialRemoved': application('Remove service principal credentials', 'Delete'),
  'app.permissionsRead': application('List what applications may be given', 'Read'),
  'user.signedOutEverywhere': {
    name: 'Update StsRefreshTokenValidFrom Timestamp',
    category: 'UserManagement',
    service: 'Core Directory',
    operation: 'Update',
  },
};

function application(name: string, operation: 'Add' | 'Update' | 'Delete' | 'Read') {
  return { name, category: 'ApplicationManagement', service: 'Core Directory', operation } as const;
}
