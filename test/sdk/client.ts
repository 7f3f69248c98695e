import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { AllowedHostsValidator, BaseBearerTokenAuthenticationProvider } from '@microsoft/kiota-abstractions';
import { createGraphServiceClient, GraphRequestAdapter, type GraphServiceClient } from '@microsoft/msgraph-sdk';
import '@microsoft/msgraph-sdk-users';
import type { Play } from '../scenarios/play.ts';
import './roots.ts';

/** Trusts the authority that vouches for a server, as `NODE_EXTRA_CA_CERTS` does for a whole process. */
export function trust(caPath: string): void {
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(caPath, 'utf8')]);
}

/** Somebody with Microsoft's SDK in hand: as it comes, but for where Graph is and who asks. */
export interface Holder {
  readonly id: string;
  readonly graph: GraphServiceClient;
  readonly adapter: GraphRequestAdapter;
}

/** Gives a person of the cast the SDK, over https. */
export async function holderOf({ app, tokenOf, idOf }: Play, name: string): Promise<Holder> {
  const token = await tokenOf(name);
  const validator = new AllowedHostsValidator(new Set([new URL(app.url).hostname]));
  const provider = new BaseBearerTokenAuthenticationProvider({
    getAuthorizationToken: async () => token,
    getAllowedHostsValidator: () => validator,
  });
  const adapter = new GraphRequestAdapter(provider);
  adapter.baseUrl = `${app.url}/v1.0`;
  return { id: idOf(name), graph: createGraphServiceClient(adapter), adapter };
}
