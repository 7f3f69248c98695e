/** Names of the provider's cookies at one of our addresses: browsers tell the ports of a host not apart. */
export function cookieNames(baseUrl: string) {
  const { protocol, port } = new URL(baseUrl);
  const where = `${protocol === 'https:' ? 's' : 'p'}${port}`;
  return {
    session: `sallyport-provider-${where}`,
    interaction: `sallyport-interaction-${where}`,
    resume: `sallyport-resume-${where}`,
  };
}
