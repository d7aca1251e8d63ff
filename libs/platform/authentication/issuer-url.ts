export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * The address of an issuer or of its keys. Keys fetched over plain http could be replaced on the way.
 *
 * @throws Error that says what is expected
 */
export function parseIssuerUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['https:', 'http:'].includes(url.protocol)) {
    throw new Error(`"${text}" is not an https URL.`);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Error(`"${text}": use https. Plain http is accepted for this machine only.`);
  }
  return url;
}
