import { Avatar } from '@fluentui/react-components';
import {
  BookRegular,
  BoxRegular,
  BuildingRegular,
  KeyRegular,
  PeopleRegular,
  PersonArrowLeftRegular,
  ShieldRegular,
} from '@fluentui/react-icons';
import type { PickedKind } from './picked.ts';

const icons = {
  group: <PeopleRegular />,
  role: <KeyRegular />,
  package: <BoxRegular />,
  catalog: <BookRegular />,
  organization: <BuildingRegular />,
  permission: <ShieldRegular />,
  relation: <PersonArrowLeftRegular />,
} as const;

/** The face of a thing of the directory: people by their initials, other things by what they are. */
export function PickIcon({
  kind,
  name,
  size = 20,
}: {
  readonly kind: PickedKind;
  readonly name: string;
  readonly size?: 20 | 28;
}) {
  if (kind === 'user') return <Avatar name={name} size={size} color="colorful" aria-hidden />;
  return <Avatar icon={icons[kind]} size={size} shape="square" aria-hidden />;
}
