/** W3C trace context, version 00: the one there is (https://www.w3.org/TR/trace-context/). */
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** A traceparent as it came, or undefined for what is none. */
export const readTraceparent = (text: unknown): string | undefined =>
  typeof text === 'string' && TRACEPARENT.test(text) ? text : undefined;

/** The id by which a line of the log is found beside its trace. */
export const traceIdOf = (traceparent: string | undefined): string | undefined =>
  traceparent?.slice(3, 35);

export const spanIdOf = (traceparent: string): string => traceparent.slice(36, 52);

/** Whether the trace is kept, as whoever began it decided: the last bit of the flags. */
export const isSampled = (traceparent: string): boolean =>
  Number.parseInt(traceparent.charAt(54), 16) % 2 === 1;
