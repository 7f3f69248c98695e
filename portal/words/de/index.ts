import parts from './parts.json' with { type: 'json' };
import rehearsal from './rehearsal.json' with { type: 'json' };
import shell from './shell.json' with { type: 'json' };

export const words = { ...parts, ...rehearsal, ...shell };
