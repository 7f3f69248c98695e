import { em, type Pair, rows } from './pairs.ts';

const tenant = 'a2000000-0000-4000-8000-00000000000a';
const organizations = `${em}/connectedOrganizations`;
const names = ['id', 'displayName', 'description', 'createdDateTime', 'modifiedDateTime', 'state'];

/** Other organizations, and the people here who answer for theirs. */
export const connected: readonly Pair[] = [
  {
    page: 'entitlementmanagement-post-connectedorganizations',
    example: 'by a domain, at a path that ends in a slash',
    method: 'POST',
    path: `${organizations}/`,
    body: {
      displayName: 'A partner',
      description: 'Who builds with us',
      identitySources: [
        { '@odata.type': '#microsoft.graph.domainIdentitySource', domainName: 'build.example', displayName: 'Build' },
      ],
      state: 'proposed',
    },
    status: 201,
    names,
    has: { displayName: 'A partner', state: 'proposed' },
    keep: { partner: 'id' },
  },
  {
    page: 'entitlementmanagement-post-connectedorganizations',
    example: 'by a tenant',
    method: 'POST',
    path: organizations,
    body: {
      displayName: 'A supplier',
      description: 'Who delivers',
      identitySources: [
        { '@odata.type': '#microsoft.graph.azureActiveDirectoryTenant', tenantId: tenant, displayName: 'Supply' },
      ],
      state: 'configured',
    },
    status: 201,
    names,
    keep: { supplier: 'id' },
  },
  {
    page: 'entitlementmanagement-list-connectedorganizations',
    example: 'by their name',
    path: `${organizations}?$filter=displayName eq 'A partner'`,
    status: 200,
    names: rows(...names, 'identitySources/@odata.type', 'identitySources/displayName'),
    has: { value: [{ id: '{partner}' }] },
  },
  {
    page: 'entitlementmanagement-list-connectedorganizations',
    example: 'by the tenant that they are',
    path: `${organizations}?$filter=identitySources/any(is:is/microsoft.graph.azureActiveDirectoryTenant/tenantId eq '${tenant}')`,
    status: 200,
    has: { value: [{ id: '{supplier}' }] },
  },
  {
    page: 'entitlementmanagement-list-connectedorganizations',
    example: 'by another kind of source that nobody has with this tenant',
    path: `${organizations}?$filter=identitySources/any(is:is/microsoft.graph.domainIdentitySource/tenantId eq '${tenant}')`,
    status: 200,
    has: { value: [] },
  },
  {
    page: 'connectedorganization-get',
    example: 'where its people come from',
    path: `${organizations}/{supplier}?$select=identitySources`,
    status: 200,
    has: { identitySources: [{ displayName: 'Supply' }] },
  },
  {
    page: 'connectedorganization-update',
    example: 'another name, with the answer that the page has for it',
    method: 'PATCH',
    path: `${organizations}/{partner}`,
    body: { displayName: 'The partner', description: 'Who still builds with us', state: 'configured' },
    status: 202,
    has: { id: '{partner}', displayName: 'The partner', state: 'configured' },
  },
  {
    page: 'connectedorganization-post-internalsponsors',
    example: 'somebody who answers for their people',
    method: 'POST',
    path: `${organizations}/{partner}/internalSponsors/$ref`,
    body: { '@odata.id': 'https://graph.microsoft.com/v1.0/users/{ciso}' },
    status: 204,
  },
  {
    page: 'connectedorganization-list-internalsponsors',
    example: 'who answers for their people',
    path: `${organizations}/{partner}/internalSponsors`,
    status: 200,
    has: { value: [{ id: '{ciso}' }] },
  },
  {
    page: 'connectedorganization-delete-internalsponsors',
    example: 'no longer',
    method: 'DELETE',
    path: `${organizations}/{partner}/internalSponsors/{ciso}/$ref`,
    status: 204,
  },
  {
    page: 'connectedorganization-delete',
    example: 'an organization',
    method: 'DELETE',
    path: `${organizations}/{partner}`,
    status: 204,
  },
];
