import type { AccessCase, Fixtures } from './fixtures.ts';

/** Operations of `/sallyport/applications`. */
export function applicationCases({ made, good, admin }: Fixtures): AccessCase[] {
  const applications = '/sallyport/applications';
  const application = async (body: object = {}) =>
    `${applications}/${await made(applications, { displayName: 'Registered', ...body })}`;
  const keyOf = async (path: string) => String(good(await admin.post(`${path}/addPassword`, {})).body['keyId']);
  const certificate = { certificate: 'none' };
  const keyless = { keyId: '5a11f0e7-0000-4000-8000-00000000beef' };
  return [
    {
      operation: `POST ${applications}`,
      rows: ['application.manage'],
      prepare: async () => ({ path: applications, body: { displayName: 'Registered' } }),
    },
    {
      operation: `POST ${applications}`,
      about: 'with a permission',
      rows: ['application.manage', 'application.managePrivileged'],
      prepare: async () => ({ path: applications, body: { displayName: 'Able', permissions: ['User.Read.All'] } }),
    },
    {
      operation: `PATCH ${applications}/{id}`,
      rows: ['application.manage'],
      prepare: async () => ({ path: await application(), body: { displayName: 'Renamed' } }),
    },
    {
      operation: `DELETE ${applications}/{id}`,
      rows: ['application.manage'],
      prepare: async () => ({ path: await application() }),
    },
    {
      operation: `POST ${applications}/{id}/addPassword`,
      about: 'to one that has a permission',
      rows: ['application.manage', 'application.managePrivileged'],
      prepare: async () => ({
        path: `${await application({ permissions: ['User.Read.All'] })}/addPassword`,
        body: {},
      }),
    },
    {
      operation: `POST ${applications}/{id}/addCertificate`,
      rows: ['application.manage'],
      answers: 400,
      prepare: async () => ({ path: `${await application()}/addCertificate`, body: certificate }),
    },
    {
      operation: `POST ${applications}/{id}/removePassword`,
      rows: ['application.manage'],
      prepare: async () => {
        const path = await application();
        return { path: `${path}/removePassword`, body: { keyId: await keyOf(path) } };
      },
    },
    {
      operation: `POST ${applications}/{id}/removeCertificate`,
      rows: ['application.manage'],
      answers: 404,
      prepare: async () => ({ path: `${await application()}/removeCertificate`, body: keyless }),
    },
  ];
}
