import { PlugDisconnectedRegular } from '@fluentui/react-icons';
import { Empty } from '../../../parts/empty.tsx';
import { Section } from '../../../parts/page.tsx';
import { useWords } from '../../../words/use-words.ts';
import { ApprovalPart } from '../../policy/approval-part.tsx';
import { LifecyclePart } from '../../policy/lifecycle-part.tsx';
import { QuestionsPart } from '../../policy/questions-part.tsx';
import { NamePart, ScopePart } from '../../policy/scope-part.tsx';
import { DutiesFields } from '../duties-fields.tsx';
import { BasicsStep } from './basics-step.tsx';
import type { PackageDraft } from './draft.ts';
import { ReviewStep } from './review-step.tsx';
import { RolesStep } from './roles-step.tsx';
import type { StepId } from './steps.ts';

interface ContentProps {
  readonly step: StepId;
  readonly draft: PackageDraft;
  change(part: Partial<PackageDraft>): void;
  said(...paths: readonly string[]): string | undefined;
  go(step: string): void;
}

/** What is filled in at a step. */
export function StepContent({ step, draft, change, said, go }: ContentProps) {
  const { t } = useWords();
  switch (step) {
    case 'basics':
      return <BasicsStep draft={draft} change={change} said={said} />;
    case 'roles':
      return <RolesStep draft={draft} change={change} said={said} />;
    case 'requests':
      return (
        <>
          <NamePart />
          <ScopePart />
          <ApprovalPart />
        </>
      );
    case 'questions':
      return <QuestionsPart />;
    case 'lifecycle':
      return (
        <>
          <LifecyclePart />
          <Section title={t('packages-admin.duties')}>
            <DutiesFields value={draft.incompatible} change={(incompatible) => change({ incompatible })} />
          </Section>
        </>
      );
    case 'extensions':
      return (
        <Empty
          icon={<PlugDisconnectedRegular />}
          title={t('packages-admin.noExtensions')}
          text={t('packages-admin.noExtensionsText')}
        />
      );
    case 'review':
      return <ReviewStep draft={draft} go={go} />;
    default:
      return step satisfies never;
  }
}
