import type { HttpRoute } from '../platform/http.ts';
import { type ListeningPorts, type Pace, startListening, usualPace } from './operations/listening.ts';
import { type Entrance, liveRoute } from './routes.ts';

export type { Entrance } from './routes.ts';

/** Tells open pages that something has changed for whoever looks at them. */
export interface Live {
  /** `GET /live` for whoever the entrance lets in. */
  route(entrance: Entrance): HttpRoute;
  /** Something was committed at this node: tell of it at once. */
  nudge(): void;
  /** Tells everybody who listens at this node of kinds of things, whoever they are. */
  everybody(kinds: readonly string[]): void;
  /** Ends all streams; no new ones open. */
  stop(): Promise<void>;
}

/** Makes it. Nothing is read before somebody listens, and nothing after the last has gone. */
export function createLive(ports: ListeningPorts, pace: Pace = usualPace): Live {
  const listening = startListening(ports, pace);
  return {
    route: (entrance) => liveRoute(entrance, listening, ports),
    nudge: listening.nudge,
    everybody: listening.everybody,
    stop: listening.stop,
  };
}
