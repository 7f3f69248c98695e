import { Button, Field, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { ArrowResetRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useWords } from '../words/use-words.ts';
import type { Cast } from './cast.ts';

const useStyles = makeStyles({
  place: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    paddingTop: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  quiet: { color: tokens.colorNeutralForeground2, flex: '1 1 220px' },
  about: { display: 'block', color: tokens.colorNeutralForeground2 },
});

const beginnings = ['design', 'people'] as const;

/** Puts the rehearsal back to its beginning: with the whole design in place, or with its people only. */
export function BeginAgain({ cast }: { readonly cast: Cast }) {
  const styles = useStyles();
  const { t } = useWords();
  const send = useSend();
  const [beginWith, setBeginWith] = useState(cast.beganWith);
  return (
    <div className={styles.place}>
      <Text className={styles.quiet}>{t(`rehearsal.began.${cast.beganWith}`)}</Text>
      <Confirm
        trigger={<Button icon={<ArrowResetRegular />}>{t('rehearsal.again')}</Button>}
        title={t('rehearsal.again.title')}
        confirmLabel={t('rehearsal.again.go')}
        confirm={() => send.mutateAsync({ method: 'POST', path: '/rehearsal/reset', body: { beginWith } })}
      >
        <Text>{t('rehearsal.again.text')}</Text>
        <Field label={t('rehearsal.again.with')}>
          <RadioGroup
            value={beginWith}
            onChange={(_event, { value }) => setBeginWith(beginnings.find((one) => one === value) ?? beginWith)}
          >
            {beginnings.map((one) => (
              <Radio
                key={one}
                value={one}
                label={
                  <>
                    {t(`rehearsal.again.${one}`)}
                    <Text size={200} className={styles.about}>
                      {t(`rehearsal.again.${one}.text`)}
                    </Text>
                  </>
                }
              />
            ))}
          </RadioGroup>
        </Field>
      </Confirm>
    </div>
  );
}
