import { Button, Text } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { Facts } from '../../../parts/facts.tsx';
import { Section } from '../../../parts/page.tsx';
import { useWords } from '../../../words/use-words.ts';
import { LifecycleSummary, QuestionsSummary, ScopeSummary, StagesSummary } from '../../policy/policy-summary.tsx';
import type { PackageDraft } from './draft.ts';

interface Props {
  readonly draft: PackageDraft;
  go(step: string): void;
}

/** Everything that was said, to be read once more before it is made. */
export function ReviewStep({ draft, go }: Props) {
  const { t, intl } = useWords();
  const part = (step: string, title: string, children: ReactNode) => (
    <Section
      title={title}
      actions={
        <Button
          size="small"
          appearance="subtle"
          icon={<EditRegular />}
          aria-label={t('packages-admin.editPart', { part: title })}
          onClick={() => go(step)}
        >
          {t('catalogs.edit')}
        </Button>
      }
    >
      {children}
    </Section>
  );
  return (
    <>
      {part(
        'basics',
        t('packages-admin.step.basics'),
        <Facts
          facts={[
            [t('packages-admin.name'), draft.displayName],
            [t('packages-admin.description'), draft.description],
            [t('packages-admin.catalog'), draft.catalog?.displayName ?? ''],
            [t('packages-admin.visible'), t(draft.isHidden ? 'packages-admin.hidden' : 'packages-admin.shown')],
          ]}
        />,
      )}
      {part(
        'roles',
        t('packages-admin.step.roles'),
        draft.roles.length === 0 ? (
          <Text>{t('packages-admin.noRoles')}</Text>
        ) : (
          <Facts facts={draft.roles.map(({ resource, role }) => [resource.displayName, role.displayName])} />
        ),
      )}
      {part(
        'requests',
        t('packages-admin.step.requests'),
        <>
          <ScopeSummary draft={draft.policy} />
          <StagesSummary draft={draft.policy} />
        </>,
      )}
      {part('questions', t('packages-admin.step.questions'), <QuestionsSummary draft={draft.policy} />)}
      {part(
        'lifecycle',
        t('packages-admin.step.lifecycle'),
        <>
          <LifecycleSummary draft={draft.policy} />
          <Facts
            facts={[
              [
                t('packages-admin.duties'),
                draft.incompatible.length === 0
                  ? t('parts.none')
                  : intl.formatList(draft.incompatible.map(({ displayName }) => displayName)),
              ],
            ]}
          />
        </>,
      )}
    </>
  );
}
