/** The limits of a process's HTTP server. */
export interface HttpLimits {
  /** How long a client may take to send the headers of a request. A new connection counts too. */
  readonly headersSeconds: number;
  /** How long a client may take to send a whole request; a slower one gets 408. */
  readonly requestSeconds: number;
  /** How long a connection may stay open between two requests. */
  readonly idleSeconds: number;
  /** The maximum number of open connections; further ones are closed at once. */
  readonly connections: number;
  /** The maximum size of all bodies under way together. */
  readonly bodyBytes: number;
  /** The maximum size of all answers together that are being made or not read yet. */
  readonly answerBytes: number;
  /** For each person who is a customer and nothing else. */
  readonly customer: Allowance;
  /** For each other person. */
  readonly staff: Allowance;
  /** For all customers of a tenant together. */
  readonly tenant: Allowance;
  /** For all callers without a token at one address together. They send no bodies. */
  readonly address: Allowance;
}

/** What one caller may take, so that it cannot take the service from others. */
export interface Allowance {
  readonly requestsPerMinute: number;
  /** Of bodies. */
  readonly bytesPerMinute: number;
  /** Different words in texts that are not short: each one is a row in the index of words. */
  readonly wordsPerMinute: number;
  readonly requestsAtOnce: number;
  /** Open streams of events. */
  readonly streams: number;
}

/** Reads a setting: its text is parsed, and a setting that is not there has a default. */
export type Read = <Value>(name: string, parse: (text: string) => Value, otherwise: Value) => Value;

const MIB = 1024 * 1024;

export const readHttpLimits = (read: Read): HttpLimits => ({
  headersSeconds: read('HTTP_HEADERS_SECONDS', from(1, 3_600), 10),
  requestSeconds: read('HTTP_REQUEST_SECONDS', from(1, 3_600), 60),
  idleSeconds: read('HTTP_IDLE_SECONDS', from(1, 3_600), 72),
  connections: read('HTTP_CONNECTIONS', from(10, 1_000_000), 5_000),
  bodyBytes: read('HTTP_BODIES_MIB', from(1, 1_024), 32) * MIB,
  answerBytes: read('HTTP_ANSWERS_MIB', from(8, 1_024), 32) * MIB,
  customer: readAllowance(read, 'CUSTOMER', {
    requestsPerMinute: 100_000,
    mibPerMinute: 64,
    wordsPerMinute: 100_000,
    requestsAtOnce: 1_000,
    streams: 50,
  }),
  staff: readAllowance(read, 'STAFF', {
    requestsPerMinute: 1_000_000,
    mibPerMinute: 1_024,
    wordsPerMinute: 1_000_000,
    requestsAtOnce: 2_000,
    streams: 500,
  }),
  tenant: readAllowance(read, 'TENANT', {
    requestsPerMinute: 400_000,
    mibPerMinute: 256,
    wordsPerMinute: 200_000,
    requestsAtOnce: 2_000,
    streams: 200,
  }),
  address: {
    requestsPerMinute: read('ADDRESS_REQUESTS_PER_MINUTE', from(1, MANY), 60_000),
    requestsAtOnce: read('ADDRESS_REQUESTS_AT_ONCE', from(1, MANY), 512),
    bytesPerMinute: 0,
    wordsPerMinute: 0,
    streams: 0,
  },
});

/** A body of 64 KiB has no more; with less, it could never be sent. */
const MOST_WORDS_OF_A_BODY = 35_000;

const MANY = 1_000_000_000;

interface DefaultAllowance extends Omit<Allowance, 'bytesPerMinute'> {
  readonly mibPerMinute: number;
}

const readAllowance = (read: Read, whose: string, otherwise: DefaultAllowance): Allowance => ({
  requestsPerMinute: read(
    `${whose}_REQUESTS_PER_MINUTE`,
    from(1, MANY),
    otherwise.requestsPerMinute,
  ),
  bytesPerMinute: read(`${whose}_MIB_PER_MINUTE`, from(1, 1_000_000), otherwise.mibPerMinute) * MIB,
  wordsPerMinute: read(
    `${whose}_WORDS_PER_MINUTE`,
    from(MOST_WORDS_OF_A_BODY, MANY),
    otherwise.wordsPerMinute,
  ),
  requestsAtOnce: read(`${whose}_REQUESTS_AT_ONCE`, from(1, MANY), otherwise.requestsAtOnce),
  streams: read(`${whose}_STREAMS`, from(0, MANY), otherwise.streams),
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
