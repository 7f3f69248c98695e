import {
  AppsRegular,
  BookRegular,
  BoxMultipleRegular,
  BoxRegular,
  CheckmarkCircleRegular,
  ClipboardTaskListLtrRegular,
  HeartPulseRegular,
  HistoryRegular,
  HomeRegular,
  KeyRegular,
  PeopleRegular,
  PeopleTeamRegular,
  PersonKeyRegular,
  PersonRegular,
  ShieldKeyholeRegular,
} from '@fluentui/react-icons';
import type { FC } from 'react';
import { type Me, may } from '../api/me.ts';
import type { MessageKey } from '../words/catalogue.ts';

/** A room of the portal as the navigation shows it. */
export interface Room {
  readonly path: string;
  readonly name: MessageKey;
  readonly Icon: FC;
  /** How many things wait there for the person. */
  count?(me: Me): number;
  /** Whether it is shown; what may be done inside, the server says. Shown to everybody if missing. */
  isFor?(me: Me): boolean;
}

/** For everybody, about their own access. */
export const personalRooms: readonly Room[] = [
  { path: '/', name: 'shell.nav.overview', Icon: HomeRegular },
  { path: '/packages', name: 'shell.nav.packages', Icon: BoxRegular },
  { path: '/requests', name: 'shell.nav.requests', Icon: HistoryRegular },
  {
    path: '/approvals',
    name: 'shell.nav.approvals',
    Icon: CheckmarkCircleRegular,
    count: ({ counts }) => counts.pendingApprovals,
  },
  { path: '/roles', name: 'shell.nav.roles', Icon: PersonKeyRegular },
  { path: '/groups', name: 'shell.nav.groups', Icon: PeopleTeamRegular },
];

const anyOf =
  (...operations: readonly string[]) =>
  (me: Me) =>
    operations.some((operation) => may(me, operation));

/** For those who design, run and audit. */
export const adminRooms: readonly Room[] = [
  {
    path: '/admin/users',
    name: 'shell.nav.admin.users',
    Icon: PersonRegular,
    isFor: anyOf('user.create', 'user.update', 'roleSchedule.read'),
  },
  {
    path: '/admin/groups',
    name: 'shell.nav.admin.groups',
    Icon: PeopleRegular,
    isFor: anyOf('group.create', 'group.createRoleAssignable', 'roleSchedule.read'),
  },
  { path: '/admin/roles', name: 'shell.nav.admin.roles', Icon: KeyRegular, isFor: anyOf('roleSchedule.read') },
  {
    path: '/admin/pim-groups',
    name: 'shell.nav.admin.privilegedGroups',
    Icon: ShieldKeyholeRegular,
    isFor: anyOf('groupSchedule.read', 'groupEligibility.manage'),
  },
  {
    path: '/admin/catalogs',
    name: 'shell.nav.admin.catalogs',
    Icon: BookRegular,
    isFor: anyOf('entitlements.readAll', 'catalog.create', 'catalog.update'),
  },
  {
    path: '/admin/packages',
    name: 'shell.nav.admin.packages',
    Icon: BoxMultipleRegular,
    isFor: anyOf('entitlements.readAll', 'accessPackage.create', 'assignmentRequest.submitAsAdministrator'),
  },
  {
    path: '/admin/applications',
    name: 'shell.nav.admin.applications',
    Icon: AppsRegular,
    isFor: anyOf('application.read'),
  },
  { path: '/admin/health', name: 'shell.nav.admin.health', Icon: HeartPulseRegular, isFor: anyOf('findings.read') },
  {
    path: '/admin/audit',
    name: 'shell.nav.admin.audit',
    Icon: ClipboardTaskListLtrRegular,
    isFor: anyOf('audit.read'),
  },
];
