import { Spinner } from '@fluentui/react-components';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { IntlProvider } from 'react-intl';
import { type Language, languages, loadWords, preferredLanguage, type Words } from '../words/catalogue.ts';
import { loadRefusalWords, speakRefusals } from '../words/refusals.ts';
import { remembered } from './remembered.ts';

const choice = remembered<Language>('language', (text) =>
  text !== null && text in languages ? (text as Language) : preferredLanguage(navigator.languages),
);

interface Spoken {
  readonly language: Language;
  speak(language: Language): void;
}

const LanguageChoice = createContext<Spoken>({ language: 'en', speak: () => undefined });

/** Which language is spoken, and how to speak another. */
export function useLanguage(): Spoken {
  return useContext(LanguageChoice);
}

/** Gives words to what is inside, once they are there. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(choice.read);
  const [spoken, setSpoken] = useState<{ language: Language; words: Words } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void loadWords(language).then((words) => {
      if (isCurrent) setSpoken({ language, words });
    });
    void loadRefusalWords(language).then((words) => {
      if (isCurrent) speakRefusals(words);
    });
    return () => {
      isCurrent = false;
    };
  }, [language]);
  useEffect(() => {
    if (spoken !== null) document.documentElement.lang = spoken.language;
  }, [spoken]);
  const chosen = useMemo(
    () => ({
      language,
      speak(next: Language) {
        choice.write(next);
        setLanguage(next);
      },
    }),
    [language],
  );
  if (spoken === null) return <Spinner />;
  return (
    <LanguageChoice value={chosen}>
      <IntlProvider locale={regionalTag(spoken.language)} defaultLocale="en" messages={spoken.words}>
        {children}
      </IntlProvider>
    </LanguageChoice>
  );
}

/** The language as it is spoken where the person is (`en-GB`): it says how days and times are written. */
function regionalTag(language: Language): string {
  return navigator.languages.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? language;
}
