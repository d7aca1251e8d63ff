import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { components } from '../../generated/api.js';
import {
  callerActionNames as actionNames,
  ticketRules,
  type TicketActionName,
} from '#ticketing/ticket/catalogue.js';
import { shownOnOneLine } from '#ticketing/text.js';
import { connect, createTicket, dataOf, giveCommand, type Connection } from './api-client.js';
import { print } from './output.js';

interface Global extends Connection {
  readonly json?: boolean;
}

type Row = components['schemas']['TicketItem'];

/** `tickets ticket …`: the API's commands and queries on tickets. */
export function addTicketCommands(program: Command): void {
  const ticket = program
    .command('ticket')
    .description('Commands and queries on tickets.')
    .helpCommand(false);
  const settings = () => program.opts<Global>();
  ticket
    .command('create')
    .description('Creates a ticket from a JSON file (- for standard input).')
    .argument('<file>')
    .option('--key <key>', 'an idempotency key, to make a retry safe')
    .action(async (file: string, { key }: { key?: string }) => {
      const body = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')) as object;
      const api = connect(settings());
      printAnswer(settings(), dataOf(await createTicket(api, { idempotencyKey: key, body })));
    });
  for (const name of actionNames) addAction(ticket, name, settings);
  // Request classes take long to load, so only the commands that need them load them.
  ticket.hook('preSubcommand', async (_, command) => {
    const name = actionNames.find((known) => known === command.name());
    if (name === undefined) return;
    const { addOptions } = await import('./action-options.js');
    addOptions(command, name);
  });
  ticket
    .command('list')
    .description('Lists tickets, latest change first.')
    .option('--query <query>', 'filters of the API, such as "state=pending&service=ids"', '')
    .action(async ({ query }: { query: string }) => {
      const api = connect(settings());
      const { items } = dataOf(await api.GET('/api/v1/tickets', { querySerializer: () => query }));
      if (settings().json === true) printAnswer(settings(), { items });
      else for (const row of items) print(`${lineOf(row)}\n`);
    });
  ticket
    .command('show')
    .description('Shows a ticket.')
    .argument('<ticketId>')
    .action(async (id: string) => {
      const params = { path: { ticketId: id } };
      const answer = await connect(settings()).GET('/api/v1/tickets/{ticketId}', { params });
      printAnswer(settings(), dataOf(answer));
    });
}

function addAction(ticket: Command, name: TicketActionName, settings: () => Global): void {
  ticket
    .command(name)
    .description(ticketRules[name].summary)
    .argument('<ticketId>')
    .option('--key <key>', 'an idempotency key, to make a retry safe')
    .action(async (id: string, { key, ...body }: { key?: string }) => {
      const answer = await giveCommand(connect(settings()), id, name, {
        idempotencyKey: key,
        body,
      });
      printAnswer(settings(), dataOf(answer));
    });
}

const lineOf = ({ reference, ticketId, state, handler, updatedAt }: Row): string =>
  [reference, state.padEnd(20), (handler ?? '-').padEnd(12), updatedAt, ticketId]
    .map(shownOnOneLine)
    .join('  ');

/** Prints JSON if requested; otherwise one line for each member. */
function printAnswer({ json }: Global, answer: object): void {
  if (json === true) {
    print(`${JSON.stringify(answer)}\n`);
    return;
  }
  for (const [name, value] of Object.entries(answer) as [string, unknown][]) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    print(`${name.padEnd(18)}${shownOnOneLine(text)}\n`);
  }
}
