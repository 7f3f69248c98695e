import { Badge, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular, DismissCircleRegular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import { Loading } from '../../parts/loading.tsx';
import { usersSource } from '../../parts/pick-sources.ts';
import type { Picked } from '../../parts/picked.ts';
import { Picker } from '../../parts/picker.tsx';
import { RefusalNote } from '../../parts/step-up.tsx';
import { usePaused } from '../../parts/use-paused.ts';
import { useWords } from '../../words/use-words.ts';
import { useTrial } from './use-validation.ts';
import type { Details, Trial, Tried } from './wire.ts';

/** A rule is no rule for a moment with every letter: what was tried stays in sight meanwhile. */
const pauseMs = 700;

const useStyles = makeStyles({
  part: {
    display: 'grid',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    minWidth: 0,
  },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  people: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  summary: { cursor: 'pointer', overflowWrap: 'anywhere' },
  badge: { marginInline: tokens.spacingHorizontalS },
  parts: { listStyleType: 'none', margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  line: { display: 'flex', gap: tokens.spacingHorizontalXS, alignItems: 'flex-start' },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  yes: { color: tokens.colorStatusSuccessForeground1, flexShrink: 0, marginTop: '2px' },
  no: { color: tokens.colorStatusDangerForeground1, flexShrink: 0, marginTop: '2px' },
});

/** Whom a rule would take in and whom not, and why, without changing anything. `''`: it is no rule yet. */
export function TryRule({ rule, groupId }: { readonly rule: string; readonly groupId: string | null }) {
  const styles = useStyles();
  const { t } = useWords();
  const title = useId();
  const [people, setPeople] = useState<readonly Picked[]>([]);
  const [isAll, setAll] = useState(false);
  const tried = usePaused(rule, pauseMs);
  const { data, error, isFetching } = useTrial(tried, isAll ? null : people.map(({ id }) => id), groupId);
  const isAsked = tried !== '' && (isAll || people.length > 0);
  return (
    <section aria-labelledby={title} className={styles.part}>
      <Text as="h3" id={title} weight="semibold" className={styles.title}>
        {t('rule.try')}
      </Text>
      <RadioGroup
        layout="horizontal"
        aria-labelledby={title}
        value={isAll ? 'all' : 'some'}
        onChange={(_event, { value }) => setAll(value === 'all')}
      >
        <Radio value="some" label={t('rule.try.some')} />
        <Radio value="all" label={t('rule.try.all')} />
      </RadioGroup>
      {isAll ? null : <Picker label={t('rule.try.people')} sources={[usersSource]} value={people} change={setPeople} />}
      <div aria-live="polite" aria-busy={isFetching}>
        {tried === '' ? <Text className={styles.quiet}>{t('rule.try.noRule')}</Text> : null}
        {isAsked && error !== null ? <RefusalNote error={error} /> : null}
        {isAsked && error === null && data === undefined ? <Loading /> : null}
        {isAsked && error === null && data !== undefined ? <Outcome trial={data} isOpen={!isAll} /> : null}
      </div>
    </section>
  );
}

function Outcome({ trial, isOpen }: { readonly trial: Trial; readonly isOpen: boolean }) {
  const styles = useStyles();
  const { t } = useWords();
  const { count, value } = trial;
  return (
    <>
      {count === null ? null : (
        <Text block>
          {t('rule.try.count', { count })}
          {count > value.length ? ` ${t('rule.try.first', { count: value.length })}` : ''}
        </Text>
      )}
      <ul className={styles.people}>
        {value.map((one) => (
          <li key={one.id}>
            <Person tried={one} isOpen={isOpen} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Person({ tried, isOpen }: { readonly tried: Tried; readonly isOpen: boolean }) {
  const styles = useStyles();
  const { t } = useWords();
  const { isMember, displayName, userPrincipalName, id } = tried;
  return (
    <details open={isOpen}>
      <summary className={styles.summary}>
        <Text weight="semibold">{displayName ?? userPrincipalName ?? id}</Text>
        <Badge className={styles.badge} appearance="tint" color={isMember ? 'success' : 'informative'}>
          {t(isMember ? 'rule.try.in' : 'rule.try.out')}
        </Badge>
      </summary>
      <ul className={styles.parts}>
        <Part details={tried.details as Details} />
      </ul>
    </details>
  );
}

function Part({ details }: { readonly details: Details }) {
  const styles = useStyles();
  const { t } = useWords();
  const { expression, expressionResult: holds, propertyToEvaluate: looked } = details;
  const parts = details.expressionEvaluationDetails;
  return (
    <li>
      <div className={styles.line}>
        {holds ? (
          <CheckmarkCircleRegular className={styles.yes} aria-label={t('rule.try.holds')} />
        ) : (
          <DismissCircleRegular className={styles.no} aria-label={t('rule.try.holdsNot')} />
        )}
        <div>
          <span className={styles.code}>{expression}</span>
          {looked === null ? null : (
            <Text size={200} block className={styles.quiet}>
              {looked.propertyValue === null
                ? t('rule.try.nothing', { property: looked.propertyName })
                : t('rule.try.has', { property: looked.propertyName, value: looked.propertyValue })}
            </Text>
          )}
        </div>
      </div>
      {parts.length === 0 ? null : (
        <ul className={styles.parts}>
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a rule have no name but their place
            <Part key={index} details={part} />
          ))}
        </ul>
      )}
    </li>
  );
}
