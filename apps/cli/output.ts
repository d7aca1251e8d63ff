import type { Command } from 'commander';
import { shown } from '#ticketing/text.js';

/** The command line's only ways to the terminal: control characters in what others wrote are escaped. */
export function print(text: string): void {
  process.stdout.write(shown(text));
}

export function complain(text: string): void {
  process.stderr.write(shown(text));
}

/** Commander's own messages repeat what was typed. */
export const escapeMessages = (program: Command): Command =>
  program.configureOutput({ writeOut: print, writeErr: complain });
