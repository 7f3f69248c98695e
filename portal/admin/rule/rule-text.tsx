import { Button, Field, MessageBar, MessageBarBody, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { useRef } from 'react';
import type { ApiError } from '../../api/errors.ts';
import { RefusalNote } from '../../parts/step-up.tsx';
import { inOneLine } from '../../words/refusals.ts';
import { useWords } from '../../words/use-words.ts';
import type { Validation } from './wire.ts';

const useStyles = makeStyles({
  text: { '& textarea': { fontFamily: tokens.fontFamilyMonospace } },
  show: { justifySelf: 'start' },
});

interface Props {
  readonly value: string;
  readonly looked: { readonly validation: Validation | undefined; readonly error: ApiError | null };
  /** It is a rule, but none of lines. */
  readonly isUnshowable: boolean;
  readonly error: string | undefined;
  change(value: string): void;
}

/** A rule as text, with what the server says of it. */
export function RuleText({ value, looked: { validation, error: unlooked }, isUnshowable, error, change }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const area = useRef<HTMLTextAreaElement>(null);
  const fault = validation?.error ?? null;
  const isRule = validation?.isValid === true;
  const at = fault?.position ?? null;
  const showPlace = () => {
    area.current?.focus();
    if (at !== null) area.current?.setSelectionRange(at, Math.min(at + 1, value.length));
  };
  return (
    <>
      <Field
        hint={t('rule.textHint')}
        validationState={fault !== null || error !== undefined ? 'error' : isRule ? 'success' : 'none'}
        validationMessage={(fault === null ? error : inOneLine(fault)) ?? (isRule ? t('rule.isRule') : undefined)}
      >
        <Textarea
          ref={area}
          className={styles.text}
          aria-label={t('rule.title')}
          value={value}
          rows={4}
          spellCheck={false}
          maxLength={3072}
          onChange={(_event, data) => change(data.value)}
        />
      </Field>
      {at === null ? null : (
        <Button size="small" className={styles.show} onClick={showPlace}>
          {t('rule.showPlace')}
        </Button>
      )}
      {isRule && isUnshowable ? (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('rule.unshowable')}</MessageBarBody>
        </MessageBar>
      ) : null}
      {unlooked === null || unlooked.status === 403 ? null : <RefusalNote error={unlooked} />}
    </>
  );
}
