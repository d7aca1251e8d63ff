/** W3C trace context, version 00 (https://www.w3.org/TR/trace-context/). */
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The text if it is a valid traceparent, otherwise undefined. */
export const readTraceparent = (text: unknown): string | undefined =>
  typeof text === 'string' && TRACEPARENT.test(text) ? text : undefined;

/** The trace's id, which log lines carry too. */
export const traceIdOf = (traceparent: string | undefined): string | undefined =>
  traceparent?.slice(3, 35);

export const spanIdOf = (traceparent: string): string => traceparent.slice(36, 52);

/** Whether the caller samples the trace: the last bit of the flags. */
export const isSampled = (traceparent: string): boolean =>
  Number.parseInt(traceparent.charAt(54), 16) % 2 === 1;
