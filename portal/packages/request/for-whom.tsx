import { Field, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import type { Offer } from '../../../src/entitlements/offer/contract.ts';
import { Person } from '../../parts/people.tsx';
import { type PickSource, withOptions } from '../../parts/picked.ts';
import { Picker } from '../../parts/picker.tsx';
import { useSession } from '../../shell/session.tsx';
import { useWords } from '../../words/use-words.ts';
import { offers } from '../offers.ts';
import type { useWish, Wish } from './draft.ts';

const useStyles = makeStyles({ part: { display: 'grid', gap: tokens.spacingVerticalS } });

interface Props {
  /** The package; undefined where it is shown to nobody but who has its link. */
  readonly offer: Offer | undefined;
  readonly packageId: string;
  readonly wish: ReturnType<typeof useWish>;
}

/** For whom it is asked: oneself or, where a policy lets one, somebody else. */
export function ForWhom({ offer, packageId, wish }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const { user } = useSession();
  const isForOthers = offer?.isForOthers ?? false;
  const isForSelf = offer?.isRequestable ?? true;
  const { draft, change } = wish;
  const isOther = isSomebodyElse(offer, draft);
  if (!isForOthers) {
    return (
      <Field label={t('access.forWhom')}>
        <div>
          <Person name={user.displayName} />
        </div>
      </Field>
    );
  }
  const choose = (isForOther: boolean) =>
    change({ isForOther, policyId: '', ...(isForOther ? {} : { targetId: '', targetName: '' }) });
  return (
    <div className={styles.part}>
      {isForSelf ? (
        <Field label={t('access.forWhom')}>
          <RadioGroup value={isOther ? 'other' : 'self'} onChange={(_event, { value }) => choose(value === 'other')}>
            <Radio value="self" label={t('access.myself', { name: user.displayName })} />
            <Radio value="other" label={t('access.somebodyElse')} />
          </RadioGroup>
        </Field>
      ) : null}
      {isOther ? (
        <Picker
          label={t(isForSelf ? 'access.whom' : 'access.forWhom')}
          hint={t('access.whomHint')}
          sources={[targetsOf(packageId)]}
          isSingle
          required
          value={draft.targetId === '' ? [] : [{ kind: 'user', id: draft.targetId, displayName: draft.targetName }]}
          change={([one]) => change({ targetId: one?.id ?? '', targetName: one?.displayName ?? '', policyId: '' })}
        />
      ) : null}
    </div>
  );
}

/** Whether it is asked for somebody else: by choice, or because it is not for oneself. */
export function isSomebodyElse(offer: Offer | undefined, { isForOther }: Pick<Wish, 'isForOther'>): boolean {
  return (offer?.isForOthers ?? false) && (isForOther || !(offer?.isRequestable ?? true));
}

interface Target {
  readonly id: string;
  readonly displayName: string;
  readonly jobTitle: string | null;
}

/** The people whom the server lets the person ask for. */
function targetsOf(packageId: string): PickSource {
  const source = {
    kind: 'user' as const,
    path: (text: string) =>
      withOptions(`${offers}/${packageId}/targets`, {
        $top: '20',
        $search: text === '' ? '' : `"${text.replaceAll('\\', '').replaceAll('"', '')}"`,
      }),
    read: ({ id, displayName, jobTitle }: Target) => ({
      kind: 'user' as const,
      id,
      displayName,
      ...(jobTitle === null ? {} : { detail: jobTitle }),
    }),
  };
  return source as unknown as PickSource;
}
