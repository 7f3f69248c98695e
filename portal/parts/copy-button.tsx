import { Button, makeStyles } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useWords } from '../words/use-words.ts';

interface Props {
  /** What is copied. */
  readonly text: string;
  readonly label?: string;
  /** What the text is, for those who hear of several that can be copied. */
  readonly about?: string;
  readonly appearance?: 'primary' | 'secondary' | 'subtle';
  readonly size?: 'small' | 'medium';
}

const useStyles = makeStyles({
  // Among facts: it begins where they do, and breaks like a text where there is no room.
  plain: {
    height: 'auto',
    minWidth: 0,
    paddingInline: 0,
    justifyContent: 'flex-start',
    textAlign: 'start',
    whiteSpace: 'normal',
    overflowWrap: 'anywhere',
  },
});

/** Copies a text, and says that it did. */
export function CopyButton({ text, label, about, appearance = 'secondary', size = 'medium' }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <Button
      appearance={appearance}
      size={size}
      aria-label={about === undefined || isCopied ? undefined : t('parts.copyThing', { name: about })}
      className={appearance === 'subtle' ? styles.plain : undefined}
      icon={isCopied ? <CheckmarkRegular /> : <CopyRegular />}
      onClick={() => void copy()}
    >
      {isCopied ? t('parts.copied') : (label ?? t('parts.copy'))}
    </Button>
  );
}
