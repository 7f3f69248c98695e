import {
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useMe } from '../api/me.ts';
import { Extend } from '../packages/extend.tsx';
import type { AssignmentRequest } from '../packages/wire.ts';
import { PageButton } from '../parts/page-link.tsx';
import { standingOf } from '../parts/standing.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({ place: { marginBottom: tokens.spacingVerticalXL } });

/** What came of a request: what the person has by it, while they have it, or that nobody decided; and what to do. */
export function WhatCameOfIt({ request, isOwn }: { readonly request: AssignmentRequest; readonly isOwn: boolean }) {
  const styles = useStyles();
  const { t } = useWords();
  const { data: me } = useMe();
  const { assignment, accessPackage, state } = request;
  const isTheirs = assignment?.target?.id === me?.id;
  if (standingOf(request) === 'timedOut') return isOwn ? <NobodyDecided packageId={accessPackage?.id ?? null} /> : null;
  if (state !== 'delivered' || !assignment || assignment.state !== 'delivered' || !isTheirs) return null;
  const mayExtend = assignment.assignmentPolicy?.requestorSettings.enableTargetsToSelfUpdateAccess ?? false;
  return (
    <MessageBar intent="success" layout="multiline" className={styles.place}>
      <MessageBarBody>
        <MessageBarTitle>{t('access.came.title')}</MessageBarTitle>
        <Time at={assignment.schedule?.expiration.endDateTime ?? null} as="left" /> · {t('access.came.text')}
      </MessageBarBody>
      <MessageBarActions>
        <PageButton size="small" appearance="primary" to="/roles">
          {t('access.came.roles')}
        </PageButton>
        {mayExtend ? (
          <Extend
            assignment={{
              ...assignment,
              ...(accessPackage ? { accessPackage: { description: null, ...accessPackage } } : {}),
            }}
          />
        ) : null}
      </MessageBarActions>
    </MessageBar>
  );
}

function NobodyDecided({ packageId }: { readonly packageId: string | null }) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <MessageBar intent="warning" layout="multiline" className={styles.place}>
      <MessageBarBody>
        <MessageBarTitle>{t('access.timedOut.title')}</MessageBarTitle>
        {t('access.timedOut.text')}
      </MessageBarBody>
      {packageId === null ? null : (
        <MessageBarActions>
          <PageButton size="small" to={`/packages/${packageId}`}>
            {t('access.again')}
          </PageButton>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
