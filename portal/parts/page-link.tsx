import { Button, Link as FluentLink, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronRightRegular } from '@fluentui/react-icons';
import { createLink } from '@tanstack/react-router';
import { type ComponentPropsWithRef, Fragment, type Ref } from 'react';
import { useWords } from '../words/use-words.ts';

/** A link to another page of the portal, in a text or a list. */
export const PageLink = createLink(FluentLink);

type AnchorProps = ComponentPropsWithRef<'a'> & {
  readonly appearance?: 'primary' | 'secondary' | 'subtle';
  readonly icon?: React.JSX.Element;
  readonly size?: 'small' | 'medium';
};

function AnchorButton({ ref, ...props }: AnchorProps) {
  return <Button as="a" {...props} ref={ref as Ref<HTMLAnchorElement>} />;
}

/** A link to another page of the portal that looks like a button. */
export const PageButton = createLink(AnchorButton);

const useStyles = makeStyles({
  trail: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    color: tokens.colorNeutralForeground2,
  },
  part: { display: 'flex', alignItems: 'center' },
});

/** The way to a page from the room that it is in. */
export function Trail({ steps }: { readonly steps: readonly { readonly to: string; readonly name: string }[] }) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <nav aria-label={t('parts.trail')}>
      <ol className={styles.trail}>
        {steps.map(({ to, name }, index) => (
          <Fragment key={to}>
            {index === 0 ? null : (
              <li aria-hidden className={styles.part}>
                <ChevronRightRegular />
              </li>
            )}
            <li className={styles.part}>
              <Text size={200}>
                <PageLink to={to}>{name}</PageLink>
              </Text>
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
