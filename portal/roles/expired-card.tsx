import type { ExpiredPrivilege } from '../../src/desk/privileges/contract.ts';
import { Facts } from '../parts/facts.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import { AskForTime } from './ask-for-time.tsx';
import { PrivilegeCard } from './privilege-card.tsx';
import { useBecause } from './ways.tsx';

/** What has ended, and why; where it may be asked for again, the way to do so. */
export function ExpiredCard({ ended }: { readonly ended: ExpiredPrivilege }) {
  const { t } = useWords();
  const because = useBecause();
  const { privilege, accessPackage, renewal } = ended;
  return (
    <PrivilegeCard
      privilege={privilege}
      actions={
        renewal.isPossible ? (
          <AskForTime name={privilege.displayName} kind="renew" at={renewal.at} ends={ended.endDateTime} />
        ) : null
      }
    >
      <Facts
        facts={[
          [t(ended.mode === 'eligible' ? 'roles.eligible' : 'roles.active'), <Time key="end" at={ended.endDateTime} />],
          [t('roles.because'), because(ended.endsBecause)],
          ...(accessPackage === null
            ? []
            : [[t('roles.through'), t('roles.origin.package', { name: accessPackage.displayName })] as const]),
        ]}
      />
    </PrivilegeCard>
  );
}
