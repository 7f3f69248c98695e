import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { ArrowLeftRegular, ArrowRightRegular } from '@fluentui/react-icons';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { ErrorNote } from '../../../parts/error-note.tsx';
import { faultsOf, saidAt } from '../../../parts/fault.ts';
import { Steps } from '../../../parts/steps.tsx';
import { useToast } from '../../../parts/toast.tsx';
import { useAddress } from '../../../parts/use-address.ts';
import { useWords } from '../../../words/use-words.ts';
import type { PolicyForm } from '../../policy/form.tsx';
import type { PackageDraft } from './draft.ts';
import { tasksFor } from './making.ts';
import { MakingProgress } from './progress.tsx';
import { StepContent } from './step-content.tsx';
import { lackingIn, policyPaths, type StepId, stepIds, wrongIn } from './steps.ts';
import { useMaking } from './use-making.ts';

const useStyles = makeStyles({
  step: { maxWidth: '920px', outlineStyle: 'none' },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    marginTop: tokens.spacingVerticalL,
    paddingBlock: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  note: { marginBottom: tokens.spacingVerticalL },
});

interface Props {
  readonly draft: PackageDraft;
  readonly form: PolicyForm;
  change(part: Partial<PackageDraft>): void;
  /** Forgets what was typed: it has been sent. */
  forget(): void;
}

/** The steps to a package, any of them at any time; what is wrong is said when somebody wants to go on. */
export function Wizard({ draft, form, change, forget }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const toast = useToast();
  const navigate = useNavigate();
  const address = useAddress();
  const making = useMaking(draft, (made) => change({ made }));
  const step = stepIds.find((id) => id === address.get('step')) ?? 'basics';
  const place = useRef<HTMLDivElement>(null);
  const wrong = (id: StepId) => wrongIn(id, draft, form);
  const go = (id: StepId) => {
    address.set({ step: id === 'basics' ? '' : id }, 'push');
    place.current?.focus();
    scrollTo(0, 0);
  };
  const said = (...paths: readonly string[]) =>
    draft.tried.includes('basics') && lackingIn(draft).some((path) => paths.includes(path))
      ? t('packages-admin.needed')
      : saidAt(faultsOf(making.progress?.error), ...paths);
  const leave = () => {
    change({ tried: [...new Set([...draft.tried, step])] });
    if (wrong(step).length === 0) go(stepIds[stepIds.indexOf(step) + 1] ?? 'review');
    // What is wrong is said where it is, and the person is led there.
    else setTimeout(() => place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const create = async () => {
    change({ tried: [...stepIds] });
    const id = await making.make();
    if (id === null) return;
    forget();
    toast.done(t('packages-admin.made', { name: draft.displayName }));
    await navigate({ to: `/admin/packages/${id}` });
  };
  const unfinished = stepIds.filter((id) => wrong(id).length > 0);
  const isWorking = making.progress !== null && making.progress.at !== null;
  return (
    <>
      <Steps
        label={t('packages-admin.steps')}
        current={step}
        go={(id) => go(id as StepId)}
        steps={stepIds.map((id) => ({
          id,
          title: t(`packages-admin.step.${id}`),
          state: !draft.tried.includes(id) ? 'open' : wrong(id).length > 0 ? 'wrong' : 'done',
        }))}
      />
      <div ref={place} tabIndex={-1} className={styles.step}>
        {form.error === null ? null : <ErrorNote error={form.error} />}
        <StepContent step={step} draft={draft} change={change} said={said} go={(id) => go(id as StepId)} />
        {step === 'review' && making.progress !== null ? (
          <MakingProgress draft={draft} tasks={tasksFor(draft)} progress={making.progress} />
        ) : null}
        {step === 'review' && unfinished.length > 0 ? (
          <Unfinished
            steps={unfinished}
            go={(id) => {
              change({ tried: [...stepIds] });
              go(id);
            }}
          />
        ) : null}
      </div>
      <div className={styles.foot}>
        <Button
          icon={<ArrowLeftRegular />}
          disabledFocusable={step === 'basics' || isWorking}
          onClick={() => go(stepIds[stepIds.indexOf(step) - 1] ?? 'basics')}
        >
          {t('packages-admin.back')}
        </Button>
        {step === 'review' ? (
          <Button
            appearance="primary"
            disabledFocusable={isWorking || unfinished.length > 0 || form.isPending}
            icon={isWorking ? <Spinner size="tiny" /> : undefined}
            onClick={() => void create()}
          >
            {t(draft.made.packageId === null ? 'packages-admin.create' : 'packages-admin.goOn')}
          </Button>
        ) : (
          <Button
            appearance="primary"
            icon={<ArrowRightRegular />}
            iconPosition="after"
            disabledFocusable={policyPaths[step].length > 0 && form.isPending}
            onClick={leave}
          >
            {t('packages-admin.next')}
          </Button>
        )}
      </div>
    </>
  );
}

function Unfinished({ steps, go }: { readonly steps: readonly StepId[]; go(id: StepId): void }) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <MessageBar intent="warning" layout="multiline" className={styles.note}>
      <MessageBarBody>{t('packages-admin.unfinished')}</MessageBarBody>
      <MessageBarActions>
        {steps.map((id) => (
          <Button key={id} size="small" onClick={() => go(id)}>
            {t(`packages-admin.step.${id}`)}
          </Button>
        ))}
      </MessageBarActions>
    </MessageBar>
  );
}
