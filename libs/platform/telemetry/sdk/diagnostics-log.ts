import type { DiagLogger } from '@opentelemetry/api';
import type { LimitedLog } from '../../limited-log.js';

/** Logs the warnings and errors of OpenTelemetry's SDK: a collector away for a day floods no log. */
export class DiagnosticsLog implements DiagLogger {
  constructor(private readonly log: LimitedLog) {}

  error(message: string): void {
    this.warn(message);
  }

  warn(message: string): void {
    this.log.warn('trace export failed', { reason: reasonOf(message) }, 'trace export failed');
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
