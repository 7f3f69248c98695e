import { makeStyles, SearchBox } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useWords } from '../words/use-words.ts';

/** How long somebody stops typing before the server is asked. */
const pauseMs = 250;

const useStyles = makeStyles({ box: { width: 'min(100%, 320px)' } });

interface Props {
  readonly label?: string;
  readonly value: string;
  change(text: string): void;
}

/** A search that the server answers, once somebody pauses typing. */
export function SearchField({ label, value, change }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => change(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text, value, change]);
  const name = label ?? t('parts.search');
  return (
    <SearchBox
      className={styles.box}
      aria-label={name}
      placeholder={name}
      value={text}
      onChange={(_event, data) => setText(data.value)}
    />
  );
}
