import type { Static } from 'typebox';
import type { Operation } from '../../graph/declaration.ts';
import { done, idIn, perform } from '../../graph/perform.ts';
import { referencedId } from '../../graph/reference.ts';
import { reference, required, shape } from '../../graph/schema.ts';
import { isId } from '../../kernel/ids.ts';
import { refuseNow } from '../../kernel/outcome.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { root } from '../root.ts';
import type { ExcludingKind } from './decisions.ts';
import { additionalAccess, additionalTo } from './entity.ts';
import { compare, markAsIncompatible, unmark } from './operations.ts';

const packages = `${root}/accessPackages`;
const incompatibleBody = shape({ '@odata.id': required(reference()) });

type IncompatibleBody = Static<typeof incompatibleBody>;

/** Marks of incompatibility, and who has incompatible access already. */
export function dutyRoutes(runtime: Runtime): Operation[] {
  return [
    ...marks(runtime, 'package', 'incompatibleAccessPackages', 'accessPackage-id1'),
    ...marks(runtime, 'group', 'incompatibleGroups', 'group-id'),
    comparison(runtime),
  ] as Operation[];
}

function marks(runtime: Runtime, kind: ExcludingKind, navigation: string, key: string) {
  const attempt = kind === 'package' ? 'access-package.incompatiblePackage' : 'access-package.incompatibleGroup';
  const add: Operation<IncompatibleBody> = {
    method: 'POST',
    path: `${packages}/{id}/${navigation}/$ref`,
    body: incompatibleBody,
    run: (call) => {
      const address = call.body['@odata.id'];
      const excludedId = (referencedId(address) ?? address).toLowerCase();
      return done(runtime, call, `${attempt}Added`, idIn(call, 'id'), (tx, packageId) =>
        markAsIncompatible(tx, kind, packageId, excludedId),
      );
    },
  };
  const remove: Operation = {
    method: 'DELETE',
    path: `${packages}/{id}/${navigation}/{${key}}/$ref`,
    run: (call) =>
      done(runtime, call, `${attempt}Removed`, idIn(call, 'id'), (tx, packageId) =>
        unmark(tx, kind, packageId, idIn(call, key)),
      ),
  };
  return [add, remove];
}

/**
 * `additionalAccess(accessPackageId='…',incompatibleAccessPackageId='…')`: the assignments of one package whose target
 * has the other too; `additionalAccess()`: those of every package whose target has what the package excludes.
 */
function comparison(runtime: Runtime): Operation {
  return {
    method: 'GET',
    path: `${root}/assignments/additionalAccess`,
    run: async (call) => {
      const { accessPackageId, incompatibleAccessPackageId } = call.parameters;
      const given = [accessPackageId, incompatibleAccessPackageId].flatMap((id) => id?.toLowerCase() ?? []);
      const [packageId, otherId] = given;
      if (given.length === 1 || !given.every(isId) || (packageId !== undefined && packageId === otherId)) {
        refuseNow(
          'invalid',
          'BadRequest',
          'Name two different access packages, or none for every incompatibility.',
          'incompatibleAccessPackageId',
        );
      }
      await perform(runtime, call, 'assignment.compared', packageId, (tx) => compare(tx, given));
      const isPair = packageId !== undefined && otherId !== undefined;
      return {
        status: 200,
        list: { set: 'assignments', where: isPair ? additionalTo(packageId, otherId) : additionalAccess },
      };
    },
  };
}
