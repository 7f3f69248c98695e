import {
  Field,
  makeStyles,
  Spinner,
  Tag,
  TagPicker,
  TagPickerControl,
  TagPickerGroup,
  TagPickerInput,
  TagPickerList,
  TagPickerOption,
  Text,
  tokens,
} from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { explain } from './explain.ts';
import { PickIcon } from './pick-icon.tsx';
import type { Picked, PickSource } from './picked.ts';
import { useFound } from './use-found.ts';

const useStyles = makeStyles({
  tag: { maxWidth: '100%', '& > span': { overflow: 'hidden', textOverflow: 'ellipsis' } },
  detail: {
    color: tokens.colorNeutralForeground2,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    maxWidth: 'min(70vw, 52ch)',
  },
  list: { maxHeight: '320px' },
});

interface Props {
  readonly label: string;
  readonly sources: readonly PickSource[];
  /** Offered above all that is found, such as *the manager of the requestor*. */
  readonly fixed?: readonly Picked[];
  readonly value: readonly Picked[];
  /** One at most: picking another takes its place. */
  readonly isSingle?: boolean;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  change(value: readonly Picked[]): void;
}

const nothing = 'nothing';

/** Picks people, groups or other things that the server finds while somebody types. */
export function Picker(props: Props) {
  const { label, sources, fixed = [], value, isSingle = false, change } = props;
  const { hint, error, required = false, disabled = false, placeholder } = props;
  const styles = useStyles();
  const { t } = useWords();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const found = useFound(sources, text, isOpen);
  const wanted = text.trim().toLowerCase();
  const fits = ({ displayName, detail = '' }: Picked) => `${displayName} ${detail}`.toLowerCase().includes(wanted);
  // Until the server has answered, what it found for an earlier text: only what fits this one too can be picked.
  const items = found.isPending ? found.items.filter(fits) : found.items;
  const offered = [...fixed.filter(fits), ...items];
  const options = offered.filter(({ id }) => !value.some((one) => one.id === id));
  const select = (id: string) => {
    setText('');
    if (value.some((one) => one.id === id)) return change(value.filter((one) => one.id !== id));
    const one = options.find((option) => option.id === id);
    if (one === undefined) return;
    change(isSingle ? [one] : [...value, one]);
    if (isSingle) setOpen(false);
  };
  const note =
    found.error !== null ? explain(found.error, t).text : t(found.isPending ? 'shell.loading' : 'parts.pick.none');
  return (
    <Field
      label={label}
      hint={typeof hint === 'string' ? hint : undefined}
      validationMessage={error}
      required={required}
    >
      <TagPicker
        open={isOpen}
        disabled={disabled}
        selectedOptions={value.map(({ id }) => id)}
        onOpenChange={(_event, { open }) => setOpen(open)}
        onOptionSelect={(_event, { value: id }) => select(id)}
      >
        <TagPickerControl>
          <TagPickerGroup aria-label={label}>
            {value.map(({ id, displayName, kind }) => (
              <Tag
                key={id}
                value={id}
                className={styles.tag}
                media={<PickIcon kind={kind} name={displayName} />}
                dismissIcon={{ 'aria-label': t('parts.pick.remove', { name: displayName }) }}
              >
                {displayName}
              </Tag>
            ))}
          </TagPickerGroup>
          <TagPickerInput
            aria-label={label}
            disabled={disabled}
            value={text}
            placeholder={value.length === 0 ? (placeholder ?? t('parts.pick.search')) : ''}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setOpen(true);
            }}
          />
        </TagPickerControl>
        <TagPickerList className={styles.list} aria-busy={found.isPending}>
          {options.length === 0 ? (
            <TagPickerOption
              value={nothing}
              text={note}
              media={found.isPending ? <Spinner size="extra-tiny" /> : undefined}
            >
              {note}
            </TagPickerOption>
          ) : (
            options.map(({ id, displayName, detail, kind }) => (
              <TagPickerOption
                key={id}
                value={id}
                text={displayName}
                media={<PickIcon kind={kind} name={displayName} />}
                secondaryContent={
                  detail === undefined ? undefined : (
                    <Text size={200} className={styles.detail}>
                      {detail}
                    </Text>
                  )
                }
              >
                {displayName}
              </TagPickerOption>
            ))
          )}
        </TagPickerList>
      </TagPicker>
    </Field>
  );
}
