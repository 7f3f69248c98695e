import { makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { Choice } from '../../parts/choice.tsx';
import { useWords } from '../../words/use-words.ts';
import type { SubjectSet } from './draft.ts';
import { usePolicyForm, useRelationWords } from './form.tsx';
import { kindOf, pickedOf, relationSet } from './people.ts';
import { PeopleField } from './people-field.tsx';

/** Who approves, as one chooses it: one relation, people by name, or several of these. */
type Way = 'requestorManager' | 'specific' | 'targetUserSponsors' | 'internalSponsors' | 'externalSponsors' | 'several';

const ways: readonly Way[] = [
  'requestorManager',
  'specific',
  'targetUserSponsors',
  'internalSponsors',
  'externalSponsors',
  'several',
];

/** Relations that may be picked beside people and groups, managers of two levels among them. */
const offered: readonly SubjectSet[] = [
  relationSet('requestorManager', 1),
  relationSet('requestorManager', 2),
  relationSet('targetUserSponsors'),
  relationSet('internalSponsors'),
  relationSet('externalSponsors'),
];

const levels = ['1', '2', '3', '4'] as const;

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalL,
    '& > *': { flexGrow: 1, flexBasis: '220px' },
  },
});

interface Props {
  readonly label: string;
  readonly sets: readonly SubjectSet[];
  readonly path: string;
  change(sets: readonly SubjectSet[]): void;
}

/** The approvers of a stage, or its alternates: by how they stand to the requestor, or by name. */
export function ApproverField({ label, sets, path, change }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const form = usePolicyForm();
  const say = useRelationWords();
  const [way, setWay] = useState<Way>(() => wayOf(sets));
  const level = sets.find((set) => kindOf(set) === 'requestorManager')?.managerLevel ?? 1;
  const choose = (next: Way) => {
    setWay(next);
    if (next === 'several') return;
    const isNamed = (set: SubjectSet) => ['user', 'group'].includes(kindOf(set) ?? '');
    change(next === 'specific' ? sets.filter(isNamed) : [relationSet(next)]);
  };
  const isOfPeople = way === 'specific' || way === 'several';
  return (
    <>
      <div className={styles.line}>
        <Choice
          label={label}
          value={way}
          options={ways.map((one) => ({ value: one, name: t(`policy.approver.${one}`) }))}
          error={isOfPeople ? undefined : form.said(path)}
          required
          change={choose}
        />
        {way === 'requestorManager' ? (
          <Choice
            label={t('policy.approver.level')}
            value={String(level)}
            options={levels.map((one) => ({ value: one, name: t('policy.approver.levelOf', { level: Number(one) }) }))}
            change={(next) => change([relationSet('requestorManager', Number(next))])}
          />
        ) : null}
      </div>
      {isOfPeople ? (
        <PeopleField
          label={t('policy.approver.people')}
          sets={sets}
          path={path}
          fixed={way === 'several' ? offered.map((set) => pickedOf(set, none, say)) : []}
          hint={t('policy.approver.peopleHint')}
          required
          change={change}
        />
      ) : null}
    </>
  );
}

const none = new Map();

function wayOf(sets: readonly SubjectSet[]): Way {
  const kinds = new Set(sets.map(kindOf));
  const [first = 'user', ...more] = kinds;
  if ([first, ...more].every((kind) => kind === 'user' || kind === 'group')) return 'specific';
  return more.length === 0 && sets.length === 1 ? (ways.find((one) => one === first) ?? 'several') : 'several';
}
