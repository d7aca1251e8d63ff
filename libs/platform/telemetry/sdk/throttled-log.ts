import type { DiagLogger } from '@opentelemetry/api';
import type { Logger } from 'pino';

/**
 * Logs the warnings and errors of OpenTelemetry's SDK, at most one in each interval, with the
 * number of those suppressed since: a collector that is away for a day does not flood the log.
 */
export class ThrottledLog implements DiagLogger {
  #quietUntil = -Infinity;
  #suppressed = 0;

  constructor(
    private readonly logger: Logger,
    private readonly intervalMs: number,
  ) {}

  error(message: string): void {
    this.warn(message);
  }

  warn(message: string): void {
    const now = performance.now();
    if (now < this.#quietUntil) {
      this.#suppressed += 1;
      return;
    }
    this.#quietUntil = now + this.intervalMs;
    const suppressed = this.#suppressed === 0 ? {} : { suppressed: this.#suppressed };
    this.#suppressed = 0;
    this.logger.warn({ reason: reasonOf(message), ...suppressed }, 'trace export failed');
  }

  // The log level set in `startSdk` excludes these.
  info(): void {}
  debug(): void {}
  verbose(): void {}
}

/** The SDK reports errors as JSON with a stack, or as plain text. */
function reasonOf(message: string): string {
  try {
    const { message: reason, code, name } = JSON.parse(message) as Record<string, unknown>;
    return [name, code, reason].filter((part) => part !== undefined && part !== '').join(': ');
  } catch {
    return message;
  }
}
