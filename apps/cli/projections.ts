import type { Command } from 'commander';
import { ask, type Connection } from './api-client.js';

interface Item {
  readonly name: string;
  readonly kind: string;
  readonly state: string;
  readonly lag: number | null;
  readonly failures: readonly { readonly error: string }[];
  readonly rebuild: { readonly done: number } | null;
}

/** `tickets projections …`: everything that follows the log, for admins. */
export function addProjectionCommands(program: Command): void {
  const settings = () => program.opts<Connection & { readonly json?: boolean }>();
  const projections = program
    .command('projections')
    .description('projections and policies: their state, and rebuilds');
  projections
    .command('list')
    .description('lists projections and policies with their state, lag and failures')
    .action(async () => {
      const answer = await ask(settings(), 'GET', '/admin/consumers');
      const lines = (answer['items'] as Item[]).map(lineOf);
      const text = settings().json === true ? JSON.stringify(answer) : lines.join('\n');
      process.stdout.write(`${text}\n`);
    });
  projections
    .command('rebuild')
    .description('rebuilds projections and policies from the log while the service runs')
    .argument('[names...]', 'their names; default: all')
    .action(async (names: string[]) => {
      const { items } = await ask(settings(), 'GET', '/admin/consumers');
      const all = (items as Item[]).map(({ name }) => name);
      for (const name of names.length > 0 ? names : all) {
        const path = `/admin/projections/${encodeURIComponent(name)}/rebuild`;
        const answer = await ask(settings(), 'POST', path);
        const text = settings().json === true ? JSON.stringify(answer) : `${name}: rebuild started`;
        process.stdout.write(`${text}\n`);
      }
    });
}

function lineOf({ name, kind, state, lag, failures, rebuild }: Item): string {
  const progress = rebuild === null ? [] : [`rebuild ${Math.floor(rebuild.done * 100)} %`];
  const errors = failures.map(({ error }) => error);
  const fields = [name.padEnd(18), kind.padEnd(10), state.padEnd(11), `lag ${lag ?? '-'}`];
  return [...fields, ...progress, ...errors].join('  ');
}
