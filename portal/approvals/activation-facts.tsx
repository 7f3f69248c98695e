import { Facts } from '../parts/facts.tsx';
import { Section } from '../parts/page.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import { Lasting } from './lasting.tsx';
import { type ActivationRequest, nameOf } from './wire.ts';

/** Who wants to activate what, why and for how long. */
export function ActivationFacts({ request }: { readonly request: ActivationRequest }) {
  const { t } = useWords();
  const { ticketInfo, scheduleInfo } = request;
  const ticket = [ticketInfo?.ticketSystem, ticketInfo?.ticketNumber].filter((one) => one).join(' ');
  return (
    <Section title={t('approvals.case.request')}>
      <Facts
        facts={[
          [t('approvals.requestor'), request.principal?.displayName ?? ''],
          [t('approvals.what'), nameOf(request)],
          [t('approvals.justification'), request.justification ?? t('approvals.noJustification')],
          ...(ticket === '' ? [] : [[t('approvals.ticket'), ticket] as const]),
          [t('approvals.submitted'), <Time key="at" at={request.createdDateTime} />],
          ...(scheduleInfo.startDateTime === null
            ? []
            : [[t('approvals.starts'), <Time key="start" at={scheduleInfo.startDateTime} as="short" />] as const]),
          [t('approvals.lasts'), <Lasting key="lasts" schedule={scheduleInfo} />],
        ]}
      />
    </Section>
  );
}
