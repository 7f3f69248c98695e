import {
  type BrandVariants,
  createDarkTheme,
  createDOMRenderer,
  createLightTheme,
  FluentProvider,
  RendererProvider,
  type Theme,
} from '@fluentui/react-components';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { remembered } from './remembered.ts';

/** Deep water: Fluent's own ramp in lightness, so its contrasts hold, turned to a hue of our own. */
const harbour: BrandVariants = {
  10: '#04181e',
  20: '#03242f',
  30: '#00303e',
  40: '#003e4e',
  50: '#004b5e',
  60: '#00596f',
  70: '#02657d',
  80: '#007490',
  90: '#058fb0',
  100: '#0ca7cd',
  110: '#47b2d3',
  120: '#65bbd8',
  130: '#88c9e0',
  140: '#aad6e6',
  150: '#c8e2ec',
  160: '#e5eff3',
};

const light: Theme = createLightTheme(harbour);
const dark: Theme = {
  ...createDarkTheme(harbour),
  colorBrandForeground1: harbour[110],
  colorBrandForeground2: harbour[120],
  colorBrandForegroundLink: harbour[120],
  colorBrandForegroundLinkHover: harbour[130],
};

export const appearances = ['system', 'light', 'dark'] as const;
export type Appearance = (typeof appearances)[number];

const choice = remembered<Appearance>('appearance', (text) => appearances.find((one) => one === text) ?? 'system');
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

interface Chosen {
  readonly appearance: Appearance;
  choose(appearance: Appearance): void;
}

const ThemeChoice = createContext<Chosen>({ appearance: 'system', choose: () => undefined });

/** Which appearance was chosen, and how to choose another. */
export function useAppearance(): Chosen {
  return useContext(ThemeChoice);
}

/** Fluent's styles carry the page's nonce: the Content-Security-Policy lets no others in. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce } });

/** Dresses what is inside, light or dark. */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const [appearance, setAppearance] = useState(choice.read);
  const systemIsDark = useMedia(prefersDark);
  const isDark = appearance === 'dark' || (appearance === 'system' && systemIsDark);
  const chosen = useMemo(
    () => ({
      appearance,
      choose(next: Appearance) {
        choice.write(next);
        setAppearance(next);
      },
    }),
    [appearance],
  );
  useEffect(() => {
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark]);
  return (
    <ThemeChoice value={chosen}>
      <RendererProvider renderer={renderer} targetDocument={document}>
        <FluentProvider theme={isDark ? dark : light} style={{ minHeight: '100%' }}>
          {children}
        </FluentProvider>
      </RendererProvider>
    </ThemeChoice>
  );
}

/** Whether a media query holds now. */
export function useMedia(query: MediaQueryList): boolean {
  const [holds, setHolds] = useState(query.matches);
  useEffect(() => {
    const hear = () => setHolds(query.matches);
    query.addEventListener('change', hear);
    return () => query.removeEventListener('change', hear);
  }, [query]);
  return holds;
}
