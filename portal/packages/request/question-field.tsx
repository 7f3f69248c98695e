import { Checkbox, Field, Input, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { Choice } from '../../parts/choice.tsx';
import { Together } from '../../parts/together.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Localization, Question } from '../wire.ts';

/** From so many choices on they are in a list that opens. */
const manyChoices = 6;

interface Props {
  readonly question: Question;
  readonly value: string;
  readonly error?: string | undefined;
  change(value: string): void;
}

/** A question of the policy, in the person's language where it has it. Several choices are one text, parted by commas. */
export function QuestionField({ question, value, error, change }: Props) {
  const { t, intl } = useWords();
  const inTheirs = (text: string | null, localizations?: readonly Localization[]) =>
    localizations?.find(({ languageCode }) => sameLanguage(languageCode, intl.locale))?.text ?? text ?? '';
  const label = inTheirs(question.text, question.localizations);
  const field = { label, required: question.isRequired, validationMessage: error };
  const { choices } = question;
  if (choices === undefined) {
    const hint = question.regexPattern ? t('access.pattern', { pattern: question.regexPattern }) : undefined;
    return (
      <Field {...field} hint={hint}>
        {question.isSingleLineQuestion ? (
          <Input value={value} onChange={(_event, data) => change(data.value)} />
        ) : (
          <Textarea value={value} rows={4} resize="vertical" onChange={(_event, data) => change(data.value)} />
        )}
      </Field>
    );
  }
  const options = choices.map(({ actualValue, text, localizations }) => ({
    value: actualValue,
    name: inTheirs(text ?? actualValue, localizations),
  }));
  if (question.isMultipleSelectionAllowed) {
    return <Several field={field} options={options} value={value} change={change} />;
  }
  if (options.length >= manyChoices) {
    return (
      <Choice
        label={label}
        required={question.isRequired}
        error={error}
        value={value}
        options={options}
        change={change}
      />
    );
  }
  return (
    <Field {...field}>
      <RadioGroup value={value} onChange={(_event, data) => change(data.value)}>
        {options.map((one) => (
          <Radio key={one.value} value={one.value} label={one.name} />
        ))}
      </RadioGroup>
    </Field>
  );
}

interface SeveralProps {
  readonly field: {
    readonly label: string;
    readonly required: boolean;
    readonly validationMessage: string | undefined;
  };
  readonly options: readonly { readonly value: string; readonly name: string }[];
  readonly value: string;
  change(value: string): void;
}

function Several({ field, options, value, change }: SeveralProps) {
  const chosen = new Set(value === '' ? [] : value.split(','));
  const choose = (one: string, isChosen: boolean) =>
    change(
      options
        .map((option) => option.value)
        .filter((option) => (option === one ? isChosen : chosen.has(option)))
        .join(','),
    );
  return (
    <Together name={field.label} error={field.validationMessage} required={field.required}>
      {options.map((one) => (
        <Checkbox
          key={one.value}
          label={one.name}
          checked={chosen.has(one.value)}
          onChange={(_event, { checked }) => choose(one.value, checked === true)}
        />
      ))}
    </Together>
  );
}

function sameLanguage(code: string, locale: string): boolean {
  return code.slice(0, 2).toLowerCase() === locale.slice(0, 2).toLowerCase();
}
