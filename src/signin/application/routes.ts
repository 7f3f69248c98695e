import type { Call, GraphFace, Operation } from '../../graph/declaration.ts';
import { done, idIn, look, perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import {
  type ApplicationBody,
  type ApplicationChange,
  applicationBody,
  applicationChange,
  type CertificateBody,
  certificateAnswer,
  certificateBody,
  type KeyBody,
  keyBody,
  type PasswordBody,
  passwordAnswer,
  passwordBody,
  permissionsAnswer,
} from './contract.ts';
import { applications } from './entity.ts';
import type { Credential } from './model.ts';
import {
  addCertificate,
  addPassword,
  changeApplication,
  createApplication,
  deleteApplication,
  listPermissions,
  removeCredential,
} from './operations.ts';

const set = 'applications';
const one = '/applications/{id}';

/** `/sallyport/applications`: which applications may sign in, and by what they prove themselves. */
export function ownApplications(runtime: Runtime): GraphFace {
  return {
    sets: [applications],
    mounts: { '/applications': set },
    operations: [...registration(runtime), ...credentials(runtime)],
  };
}

function registration(runtime: Runtime): Operation[] {
  const create: Operation<ApplicationBody> = {
    method: 'POST',
    path: '/applications',
    says: 'Registers an application, with a certificate or none. `addPassword` makes a secret.',
    body: applicationBody,
    run: async (call) => {
      const id = await perform(runtime, call, 'app.registered', undefined, (tx) => createApplication(tx, call.body));
      return { status: 201, read: { set, id } };
    },
  };
  const change: Operation<ApplicationChange> = {
    method: 'PATCH',
    path: one,
    says: 'Changes what is sent of an application. Disabling it ends its tokens.',
    body: applicationChange,
    run: async (call) => {
      const id = idIn(call, 'id');
      await perform(runtime, call, 'app.updated', id, (tx) => changeApplication(tx, id, call.body));
      return { status: 200, read: { set, id } };
    },
  };
  const remove: Operation = {
    method: 'DELETE',
    path: one,
    says: 'Deletes an application for good, with what it holds.',
    run: (call) => done(runtime, call, 'app.deleted', idIn(call, 'id'), deleteApplication),
  };
  const permissions: Operation = {
    method: 'GET',
    path: '/applicationPermissions',
    says: 'Lists the permissions that an application may be given, each with the rows of the access table that it meets.',
    answers: permissionsAnswer,
    run: async (call) => {
      const rows = await look(runtime, call, 'app.permissionsRead', undefined, listPermissions);
      return { status: 200, rows, context: 'Collection(sallyport.applicationPermission)' };
    },
  };
  return [create, change, remove, permissions] as Operation[];
}

function credentials(runtime: Runtime): Operation[] {
  const password: Operation<PasswordBody> = {
    method: 'POST',
    path: `${one}/addPassword`,
    says: 'Makes another secret, which is told this once. It lasts 180 days unless `endDateTime` says otherwise.',
    body: passwordBody,
    answers: passwordAnswer,
    run: async (call) => {
      const id = idIn(call, 'id');
      const body = await perform(runtime, call, 'app.credentialAdded', id, (tx) => addPassword(tx, id, call.body));
      return { status: 200, body, context: 'sallyport.passwordCredential' };
    },
  };
  const certificate: Operation<CertificateBody> = {
    method: 'POST',
    path: `${one}/addCertificate`,
    says: 'Adds a certificate (PEM, or base64 of DER) by which the application may prove itself until it is over.',
    body: certificateBody,
    answers: certificateAnswer,
    run: async (call) => {
      const id = idIn(call, 'id');
      const body = await perform(runtime, call, 'app.credentialAdded', id, (tx) => addCertificate(tx, id, call.body));
      return { status: 200, body, context: 'sallyport.keyCredential' };
    },
  };
  const remove = (kind: Credential['kind'], name: string): Operation<KeyBody> => ({
    method: 'POST',
    path: `${one}/${name}`,
    says: `Removes a ${kind}, and ends the tokens that were got by it.`,
    body: keyBody,
    run: (call: Call<KeyBody>) =>
      done(runtime, call, 'app.credentialRemoved', idIn(call, 'id'), (tx, id) =>
        removeCredential(tx, id, kind, call.body.keyId.toLowerCase()),
      ),
  });
  return [
    password,
    certificate,
    remove('password', 'removePassword'),
    remove('certificate', 'removeCertificate'),
  ] as Operation[];
}
