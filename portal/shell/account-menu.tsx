import {
  Avatar,
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemLink,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { PersonRegular } from '@fluentui/react-icons';
import { useNavigate } from '@tanstack/react-router';
import { type Language, languages } from '../words/catalogue.ts';
import { useWords } from '../words/use-words.ts';
import { useLanguage } from './language.tsx';
import { useSession, useSignOut } from './session.tsx';
import { type Appearance, appearances, useAppearance } from './theme.tsx';

const useStyles = makeStyles({
  who: { display: 'grid', padding: tokens.spacingVerticalS, paddingInline: tokens.spacingHorizontalM },
  button: { minWidth: 'unset', gap: tokens.spacingHorizontalS, paddingInline: tokens.spacingHorizontalXS },
  // Who one is, said where there is room: in a rehearsal, one is many.
  name: { fontWeight: tokens.fontWeightRegular, '@media (max-width: 640px)': { display: 'none' } },
  address: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

/** Who is signed in, how the portal looks and speaks, and the way out. */
export function AccountMenu() {
  const styles = useStyles();
  const { t } = useWords();
  const { user, rehearsal } = useSession();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const { appearance, choose } = useAppearance();
  const { language, speak } = useLanguage();
  return (
    <Menu
      checkedValues={{ appearance: [appearance], language: [language] }}
      onCheckedValueChange={(_event, { name, checkedItems: [chosen] }) => {
        if (name === 'appearance') choose(chosen as Appearance);
        else speak(chosen as Language);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="transparent"
          shape="circular"
          className={styles.button}
          aria-label={t('shell.account', { name: user.displayName })}
          icon={<Avatar idForColor={user.id} icon={<PersonRegular />} size={28} color="colorful" aria-hidden />}
        >
          <span className={styles.name}>{user.displayName}</span>
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <div className={styles.who}>
          <Text weight="semibold">{user.displayName}</Text>
          <Text size={200} className={styles.address}>
            {user.userPrincipalName}
          </Text>
        </div>
        <MenuList>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{t('shell.theme')}</MenuGroupHeader>
            {appearances.map((one) => (
              <MenuItemRadio key={one} name="appearance" value={one}>
                {t(`shell.theme.${one}`)}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuGroup>
            <MenuGroupHeader>{t('shell.language')}</MenuGroupHeader>
            {Object.entries(languages).map(([tag, name]) => (
              <MenuItemRadio key={tag} name="language" value={tag} lang={tag}>
                {name}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuItem onClick={() => void navigate({ to: '/security' })}>{t('security.title')}</MenuItem>
          {rehearsal ? <MenuItemLink href="/rehearsal/sign-in">{t('shell.switchPerson')}</MenuItemLink> : null}
          <MenuItem onClick={() => void signOut(false)}>{t('shell.signOut')}</MenuItem>
          <MenuItem onClick={() => void signOut(true)}>{t('shell.signOutEverywhere')}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
