import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Collection, useGet } from '../../../api/queries.ts';
import { Page } from '../../../parts/page.tsx';
import { Trail } from '../../../parts/page-link.tsx';
import { useAddress } from '../../../parts/use-address.ts';
import { useDraft } from '../../../parts/use-draft.ts';
import { useWords } from '../../../words/use-words.ts';
import type { PolicyDraft } from '../../policy/draft.ts';
import { PolicyFormProvider } from '../../policy/form.tsx';
import { type Catalog, entitlements } from '../../wire.ts';
import { newPackage, type PackageDraft } from './draft.ts';
import { policyPaths, stepIds } from './steps.ts';
import { Wizard } from './wizard.tsx';

const useStyles = makeStyles({ note: { marginBottom: tokens.spacingVerticalL } });

/** The way to a new access package, from its name to its review. */
export function NewPackagePage() {
  const { t } = useWords();
  const address = useAddress();
  const initial = useMemo(() => newPackage(t('packages-admin.firstPolicy')), [t]);
  const { draft, change, forget } = useDraft<PackageDraft>('package:new', initial);
  const setPolicy = useCallback((policy: PolicyDraft) => change({ policy }), [change]);
  const [wasBegun, setBegun] = useState(() => isBegun(draft, initial));
  useFirstCatalog(draft, change, address.get('catalog'));
  const place = { catalogId: draft.catalog?.id ?? '', packageId: draft.made.packageId };
  const tried = useMemo(
    () => stepIds.filter((id) => draft.tried.includes(id)).flatMap((id) => policyPaths[id]),
    [draft.tried],
  );
  return (
    <Page
      trail={<Trail steps={[{ to: '/admin/packages', name: t('shell.nav.admin.packages') }]} />}
      title={t('packages-admin.new')}
    >
      {wasBegun ? (
        <DraftNote
          keep={() => setBegun(false)}
          startOver={() => {
            setBegun(false);
            change({ ...initial, catalog: draft.catalog });
            address.set({ step: '' });
          }}
        />
      ) : null}
      <PolicyFormProvider draft={draft.policy} place={place} tried={tried} change={setPolicy}>
        {(form) => <Wizard draft={draft} change={change} forget={forget} form={form} />}
      </PolicyFormProvider>
    </Page>
  );
}

function isBegun(draft: PackageDraft, initial: PackageDraft): boolean {
  const text = (one: PackageDraft) => JSON.stringify({ ...one, catalog: null });
  return text(draft) !== text(initial);
}

/** The catalog that the address names, else the one that is there from the start, until another is chosen. */
function useFirstCatalog(draft: PackageDraft, change: (part: Partial<PackageDraft>) => void, named: string): void {
  const { data } = useGet<Collection<Catalog>>(`${entitlements}/catalogs?$top=200`);
  const isChosen = useRef(draft.catalog !== null);
  useEffect(() => {
    if (data === undefined || isChosen.current) return;
    isChosen.current = true;
    const all = data.value;
    const first =
      all.find(({ id }) => id === named) ?? all.find(({ catalogType }) => catalogType === 'serviceDefault') ?? all[0];
    if (first !== undefined) change({ catalog: { kind: 'catalog', id: first.id, displayName: first.displayName } });
  }, [data, named, change]);
}

function DraftNote({ keep, startOver }: { keep(): void; startOver(): void }) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <MessageBar className={styles.note} layout="multiline">
      <MessageBarBody>{t('packages-admin.draftKept')}</MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={startOver}>
          {t('packages-admin.startOver')}
        </Button>
        <Button size="small" appearance="transparent" onClick={keep}>
          {t('packages-admin.keepDraft')}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
