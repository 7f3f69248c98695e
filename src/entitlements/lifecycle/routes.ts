import type { Operation } from '../../graph/declaration.ts';
import { done, idIn } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { root } from '../root.ts';
import { type SubjectBody, subjectBody } from './contract.ts';
import { govern } from './operations.ts';

/** Guests as subjects, and what becomes of them. */
export function lifecycleRoutes(runtime: Runtime): Operation[] {
  const attempted = 'subject.lifecycleChanged';
  const change: Operation<SubjectBody> = {
    method: 'PATCH',
    path: `${root}/subjects/{id}`,
    body: subjectBody,
    run: (call) => done(runtime, call, attempted, idIn(call, 'id'), (tx, id) => govern(tx, id, call.body)),
  };
  // As Microsoft documents it: `subjects(objectId='…')`. The id of a subject is the same here.
  const changeByObject: Operation<SubjectBody> = {
    method: 'PATCH',
    path: `${root}/subjects`,
    body: subjectBody,
    run: (call) => {
      const { objectId = '' } = call.parameters;
      return done(runtime, call, attempted, objectId.toLowerCase(), (tx, id) => govern(tx, id, call.body));
    },
  };
  return [change, changeByObject] as Operation[];
}
