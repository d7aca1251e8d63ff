import type { DiagLogger } from '@opentelemetry/api';
import type { Logger } from 'pino';

/**
 * What OpenTelemetry says of itself, as warnings in the log: one in so long, and then how many
 * others there were. A collector that is away for a day so is no flood.
 */
export class SeldomLog implements DiagLogger {
  #quietUntil = -Infinity;
  #untold = 0;

  constructor(
    private readonly logger: Logger,
    private readonly restMilliseconds: number,
  ) {}

  error(message: string): void {
    this.warn(message);
  }

  warn(message: string): void {
    const now = performance.now();
    if (now < this.#quietUntil) {
      this.#untold += 1;
      return;
    }
    this.#quietUntil = now + this.restMilliseconds;
    const untold = this.#untold === 0 ? {} : { untold: this.#untold };
    this.#untold = 0;
    this.logger.warn(
      { reason: reasonOf(message), ...untold },
      'traces are not sent as they should',
    );
  }

  // Less than a warning is not asked for.
  info(): void {}
  debug(): void {}
  verbose(): void {}
}

/** The SDK tells errors as JSON, stack and all. */
function reasonOf(message: string): string {
  try {
    const { message: reason, code, name } = JSON.parse(message) as Record<string, unknown>;
    return [name, code, reason].filter((part) => part !== undefined && part !== '').join(': ');
  } catch {
    // It was plain text.
    return message;
  }
}
