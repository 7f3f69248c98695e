import { Badge, Card, makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  BoxRegular,
  CheckmarkCircleRegular,
  ClockRegular,
  HourglassRegular,
  LightbulbRegular,
  PeopleCheckmarkRegular,
  PeopleTeamRegular,
} from '@fluentui/react-icons';
import type { Offer } from '../../src/entitlements/offer/contract.ts';
import { PageButton, PageLink } from '../parts/page-link.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import { OpensBadges } from './opens-badges.tsx';
import { useTerms } from './terms.ts';

const useStyles = makeStyles({
  card: {
    padding: tokens.spacingHorizontalL,
    gap: tokens.spacingVerticalM,
    height: '100%',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
  },
  head: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'flex-start' },
  tile: {
    display: 'grid',
    placeItems: 'center',
    width: '40px',
    height: '40px',
    flexShrink: 0,
    fontSize: '22px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
  },
  names: { display: 'grid', minWidth: 0, flexGrow: 1 },
  name: { margin: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  text: {
    color: tokens.colorNeutralForeground2,
    overflow: 'hidden',
    display: '-webkit-box',
    WebkitLineClamp: '3',
    WebkitBoxOrient: 'vertical',
    overflowWrap: 'anywhere',
  },
  grow: { flexGrow: 1 },
  because: {
    display: 'flex',
    gap: tokens.spacingHorizontalXS,
    alignItems: 'center',
    color: tokens.colorNeutralForeground2,
  },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXXS,
    color: tokens.colorNeutralForeground2,
    flexGrow: 1,
  },
  fact: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    paddingTop: tokens.spacingVerticalM,
  },
});

interface Props {
  readonly offer: Offer;
  /** Why it is suggested is said where it is. */
  readonly isSuggestion?: boolean;
}

/** A package to ask for: what it opens, how many stages it takes, how long it lasts, and how the person stands to it. */
export function OfferCard({ offer, isSuggestion = false }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const { range, stages } = useTerms();
  const path = `/packages/${offer.id}`;
  return (
    <Card className={styles.card}>
      <div className={styles.head}>
        <span className={styles.tile} aria-hidden>
          <BoxRegular />
        </span>
        <div className={styles.names}>
          <Text as="h3" weight="semibold" size={400} className={styles.name}>
            <PageLink to={path}>{offer.displayName}</PageLink>
          </Text>
          <Text size={200} className={styles.quiet}>
            {t('access.catalog', { name: offer.catalog.displayName })}
          </Text>
        </div>
      </div>
      {offer.description ? <Text className={styles.text}>{offer.description}</Text> : null}
      <OpensBadges opens={offer.opens} />
      {isSuggestion ? <Because offer={offer} /> : null}
      {offer.isForOthers && !offer.isRequestable ? (
        <Text size={200} className={styles.because}>
          <PeopleTeamRegular aria-hidden />
          {t('access.forOthers')}
        </Text>
      ) : null}
      <span className={styles.grow} />
      <div className={styles.foot}>
        <div className={styles.facts}>
          {offer.policies.length === 0 ? null : (
            <>
              <Text size={200} className={styles.fact}>
                <PeopleCheckmarkRegular aria-hidden />
                {stages(offer.policies.map((policy) => policy.stages))}
              </Text>
              <Text size={200} className={styles.fact}>
                <HourglassRegular aria-hidden />
                {range(offer.policies.map(({ expiration }) => expiration))}
              </Text>
            </>
          )}
        </div>
        <Standing offer={offer} />
      </div>
    </Card>
  );
}

/** What there is to do: ask, follow what was asked, or nothing, for it is there. */
function Standing({ offer: { id, displayName, held, pendingRequestId } }: { readonly offer: Offer }) {
  const { t } = useWords();
  const named = (key: 'access.request' | 'access.follow' | 'access.show') =>
    t('access.actionOn', { action: t(key), name: displayName });
  if (pendingRequestId !== null) {
    return (
      <>
        <Badge appearance="tint" color="warning" icon={<ClockRegular />}>
          {t('access.waiting')}
        </Badge>
        <PageButton size="small" to={`/requests/${pendingRequestId}`} aria-label={named('access.follow')}>
          {t('access.follow')}
        </PageButton>
      </>
    );
  }
  if (held !== null) {
    return (
      <>
        <Badge appearance="tint" color="success" icon={<CheckmarkCircleRegular />}>
          {held.endDateTime === null ? t('access.youHaveIt') : <Time at={held.endDateTime} as="left" />}
        </Badge>
        <PageButton size="small" to={`/packages/${id}`} aria-label={named('access.show')}>
          {t('access.show')}
        </PageButton>
      </>
    );
  }
  return (
    <PageButton size="small" appearance="primary" to={`/packages/${id}`} aria-label={named('access.request')}>
      {t('access.request')}
    </PageButton>
  );
}

function Because({ offer }: { readonly offer: Offer }) {
  const styles = useStyles();
  const { t } = useWords();
  const [first] = offer.suggestedBecause;
  if (first === undefined) return null;
  return (
    <Text size={200} className={styles.because}>
      <LightbulbRegular aria-hidden />
      {t(`access.because.${first.relation}`, { count: first.atLeast ?? 0 })}
    </Text>
  );
}
