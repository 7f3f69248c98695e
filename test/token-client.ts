import { ClientSecretCredential } from '@azure/identity';

/**
 * Gets a token as a user's program would: its trust in the local CA comes from `NODE_EXTRA_CA_CERTS`, which Node
 * reads only when it starts. That is why this is a program of its own.
 */
const [authorityHost = '', tenantId = '', appId = '', secret = '', scope = ''] = process.argv.slice(2);
const credential = new ClientSecretCredential(tenantId, appId, secret, {
  authorityHost,
  disableInstanceDiscovery: true,
});
try {
  console.log(JSON.stringify(await credential.getToken(scope)));
} catch (fault) {
  console.log(JSON.stringify({ fault: fault instanceof Error ? fault.message : String(fault) }));
  process.exitCode = 1;
}
