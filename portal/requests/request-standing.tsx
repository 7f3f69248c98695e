import { type Standing, StandingBadge, standingOf } from '../parts/standing.tsx';
import { WaitsWith } from './waits-with.tsx';

interface Props {
  readonly request: { readonly id: string; readonly state: Standing; readonly status: string };
}

/** How a request for a package stands, and while it waits for an approval, with whom. */
export function RequestStanding({ request }: Props) {
  return (
    <>
      <StandingBadge standing={standingOf(request)} />
      {request.state === 'pendingApproval' ? <WaitsWith requestId={request.id} /> : null}
    </>
  );
}
