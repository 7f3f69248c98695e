import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect, useId } from 'react';
import { useAddress } from './use-address.ts';

const useStyles = makeStyles({
  // Where there is no room for all, they are scrolled sideways; the page is not.
  scroll: {
    overflowX: 'auto',
    marginBottom: tokens.spacingVerticalL,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    scrollbarWidth: 'thin',
    '& [role="tab"]': { whiteSpace: 'nowrap', flexShrink: 0 },
  },
  list: { width: 'max-content' },
});

/** One tab: its name in the address, its title, and what is shown. */
export interface TabEntry {
  readonly id: string;
  readonly title: string;
  readonly icon?: React.JSX.Element;
  content(): ReactNode;
}

interface Props {
  /** What the tabs are of, for those who hear them. */
  readonly label: string;
  /** The first one is shown where the address names none. */
  readonly tabs: readonly TabEntry[];
}

/** Parts of a page of which one is shown. Which one is in the address (`?tab=policies`), so it can be shared. */
export function Tabs({ label, tabs }: Props) {
  const styles = useStyles();
  const address = useAddress();
  const base = useId();
  const named = address.get('tab');
  const shown = tabs.find(({ id }) => id === named) ?? tabs[0];
  const shownTab = `${base}${shown?.id}`;
  // Where not all have room, the one that is shown is in sight.
  useEffect(() => {
    document.getElementById(shownTab)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [shownTab]);
  if (shown === undefined) return null;
  return (
    <>
      <div className={styles.scroll}>
        <TabList
          className={styles.list}
          aria-label={label}
          selectedValue={shown.id}
          onTabSelect={(_event, { value }) => address.start({ tab: value === tabs[0]?.id ? '' : String(value) })}
        >
          {tabs.map(({ id, title, icon }) => (
            <Tab key={id} id={`${base}${id}`} value={id} icon={icon} aria-controls={`${base}panel`}>
              {title}
            </Tab>
          ))}
        </TabList>
      </div>
      <div role="tabpanel" id={`${base}panel`} aria-labelledby={`${base}${shown.id}`}>
        {shown.content()}
      </div>
    </>
  );
}
