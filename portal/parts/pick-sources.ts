import { eventual } from '../api/queries.ts';
import { literal, type Picked, type PickSource, searched, withOptions } from './picked.ts';

const some = '12';

interface UserItem {
  readonly id: string;
  readonly displayName: string | null;
  readonly userPrincipalName: string;
  readonly jobTitle: string | null;
}

interface GroupItem {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
}

function source<T>(one: Omit<PickSource, 'read'> & { read(item: T): Picked }): PickSource {
  return one as unknown as PickSource;
}

/** People of the directory, by name or user name. */
export const usersSource: PickSource = source<UserItem>({
  kind: 'user',
  headers: eventual,
  path: (text) =>
    withOptions('/v1.0/users', {
      $select: 'id,displayName,userPrincipalName,jobTitle',
      $search: text === '' ? '' : `${searched('displayName', text)} OR ${searched('userPrincipalName', text)}`,
      $top: some,
    }),
  read: ({ id, displayName, userPrincipalName, jobTitle }) => ({
    kind: 'user',
    id,
    displayName: displayName ?? userPrincipalName,
    detail: [jobTitle, userPrincipalName].filter((one) => one !== null && one !== '').join(' · '),
  }),
});

function groups(filter: string): PickSource {
  return source<GroupItem>({
    kind: 'group',
    headers: eventual,
    path: (text) =>
      withOptions('/v1.0/groups', {
        $select: 'id,displayName,description',
        $search: text === '' ? '' : searched('displayName', text),
        $filter: filter,
        $count: filter === '' ? '' : 'true',
        $top: some,
      }),
    read: ({ id, displayName, description }) => ({
      kind: 'group',
      id,
      displayName,
      ...(description === null ? {} : { detail: description }),
    }),
  });
}

/** Groups of the directory, by name. */
export const groupsSource: PickSource = groups('');

/** Groups whose members somebody decides about: not those that follow a rule. */
export const assignedGroupsSource: PickSource = groups("NOT groupTypes/any(kind:kind eq 'DynamicMembership')");

/** Directory roles, by name. */
export const directoryRolesSource: PickSource = source<GroupItem>({
  kind: 'role',
  path: (text) =>
    withOptions('/v1.0/roleManagement/directory/roleDefinitions', {
      $select: 'id,displayName,description',
      $filter: text === '' ? '' : `contains(displayName,${literal(text)})`,
      $orderby: 'displayName',
      $top: some,
    }),
  read: ({ id, displayName, description }) => ({
    kind: 'role',
    id,
    displayName,
    ...(description === null ? {} : { detail: description }),
  }),
});
