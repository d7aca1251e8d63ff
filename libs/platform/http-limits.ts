/** The limits of a process's HTTP server, whoever calls. */
export interface HttpLimits {
  /** How long a client may take to send the headers of a request. A new connection counts too. */
  readonly headersSeconds: number;
  /** How long a client may take to send a whole request; a slower one gets 408. */
  readonly requestSeconds: number;
  /** How long a connection may stay open between two requests. */
  readonly idleSeconds: number;
  /** The maximum number of open connections; further ones are closed at once. */
  readonly connections: number;
}

/** Reads a setting: its text is parsed, and a setting that is not there has a default. */
type Read = <Value>(name: string, parse: (text: string) => Value, otherwise: Value) => Value;

export const readHttpLimits = (read: Read): HttpLimits => ({
  headersSeconds: read('HTTP_HEADERS_SECONDS', from(1, 3_600), 10),
  requestSeconds: read('HTTP_REQUEST_SECONDS', from(1, 3_600), 60),
  idleSeconds: read('HTTP_IDLE_SECONDS', from(1, 3_600), 72),
  connections: read('HTTP_CONNECTIONS', from(10, 1_000_000), 5_000),
});

/** Parses a whole number within bounds. */
function from(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d{1,15}$/.test(text) || number < least || number > most) {
      throw new Error(`"${text}" is not a whole number from ${least} to ${most}.`);
    }
    return number;
  };
}
