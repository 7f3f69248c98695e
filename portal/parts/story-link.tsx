import { may, useMe } from '../api/me.ts';
import { useWords } from '../words/use-words.ts';
import { PageButton } from './page-link.tsx';

interface Props {
  /** A request, an assignment or an activation. */
  readonly of: string;
  readonly size?: 'small' | 'medium';
}

/** The way to all that the audit log tells of something; nothing for those who may not read the log. */
export function StoryLink({ of, size = 'medium' }: Props) {
  const { t } = useWords();
  const { data: me } = useMe();
  if (!may(me, 'audit.read')) return null;
  return (
    <PageButton size={size} to="/admin/audit" search={{ story: of } as never}>
      {t('audit.story')}
    </PageButton>
  );
}
