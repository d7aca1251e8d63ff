import type { Command } from 'commander';
import type { components } from '../../generated/api.js';
import { shownOnOneLine } from '#ticketing/text.js';
import { connect, dataOf, type Connection } from './api-client.js';
import { print } from './output.js';

type Item = components['schemas']['ConsumerItem'];

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
      const answer = dataOf(await connect(settings()).GET('/api/v1/admin/consumers'));
      const text =
        settings().json === true ? JSON.stringify(answer) : answer.items.map(lineOf).join('\n');
      print(`${text}\n`);
    });
  projections
    .command('rebuild')
    .description('rebuilds projections and policies from the log while the service runs')
    .argument('[names...]', 'their names; default: all')
    .action(async (names: string[]) => {
      const api = connect(settings());
      const { items } = dataOf(await api.GET('/api/v1/admin/consumers'));
      for (const name of names.length > 0 ? names : items.map((item) => item.name)) {
        const params = { path: { name } };
        const answer = dataOf(
          await api.POST('/api/v1/admin/projections/{name}/rebuild', { params }),
        );
        const text = settings().json === true ? JSON.stringify(answer) : `${name}: rebuild started`;
        print(`${text}\n`);
      }
    });
}

function lineOf({ name, kind, state, lag, failures, rebuild }: Item): string {
  const progress = rebuild === null ? [] : [`rebuild ${Math.floor(rebuild.done * 100)} %`];
  const errors = failures.map(({ error }) => error);
  const fields = [name.padEnd(18), kind.padEnd(10), state.padEnd(11), `lag ${lag ?? '-'}`];
  return [...fields, ...progress, ...errors].map(shownOnOneLine).join('  ');
}
