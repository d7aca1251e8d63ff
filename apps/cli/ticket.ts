import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { components } from '../../generated/api.js';
import type { TicketActionName } from '#ticketing/ticket/catalogue.js';
import { connect, createTicket, dataOf, giveCommand, type Connection } from './api-client.js';

interface Global extends Connection {
  readonly json?: boolean;
}

type Row = components['schemas']['TicketItem'];

/** The commands on a ticket with the text that each takes; the others take options alone. */
const actions: { readonly [Name in Exclude<TicketActionName, 'dispatch'>]: string } = {
  handle: 'takes a ticket',
  assign: 'gives a pending ticket to --engineerId',
  forward: 'passes a ticket on to --engineerId',
  'request-feedback': 'asks the customer: --message',
  'provide-feedback': 'answers the handler: --message',
  messages: 'adds a message of the customer: --message',
  notes: 'adds an internal note: --text',
  resume: 'goes on after a reply',
  resolve: 'submits a resolution: --summary',
  'withdraw-resolution': 'takes a resolution back: --reason',
  'reject-resolution': 'says that it is not resolved: --reason',
  confirm: 'confirms: --rating, --comment',
  cancel: 'withdraws a pending ticket',
  close: 'closes without the customer: --reason',
  severity: 'sets --severity',
  evaluate: 'rates a closed ticket: --rating, --comment',
};

const textFields = [
  'engineerId',
  'reason',
  'message',
  'text',
  'summary',
  'comment',
  'severity',
] as const;

/** `tickets ticket …`: the API's commands and queries on tickets. */
export function addTicketCommands(program: Command): void {
  const ticket = program.command('ticket').description('commands and queries on tickets');
  const settings = () => program.opts<Global>();
  ticket
    .command('create')
    .description('raises a ticket from a JSON file (- for standard input)')
    .argument('<file>')
    .option('--key <key>', 'an idempotency key, to make a retry safe')
    .action(async (file: string, { key }: { key?: string }) => {
      const body = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')) as object;
      const api = connect(settings());
      print(settings(), dataOf(await createTicket(api, { idempotencyKey: key, body })));
    });
  for (const [name, description] of Object.entries(actions)) {
    addAction(ticket, name as TicketActionName, description, settings);
  }
  ticket
    .command('list')
    .description('lists tickets, newest change first')
    .option('--query <query>', 'filters as the API has them: "state=pending&service=ids"', '')
    .action(async ({ query }: { query: string }) => {
      const api = connect(settings());
      const { items } = dataOf(await api.GET('/api/v1/tickets', { querySerializer: () => query }));
      if (settings().json === true) print(settings(), { items });
      else for (const row of items) process.stdout.write(`${lineOf(row)}\n`);
    });
  ticket
    .command('show')
    .description('shows a ticket')
    .argument('<ticketId>')
    .action(async (id: string) => {
      const params = { path: { ticketId: id } };
      const answer = await connect(settings()).GET('/api/v1/tickets/{ticketId}', { params });
      print(settings(), dataOf(answer));
    });
}

function addAction(
  ticket: Command,
  name: TicketActionName,
  description: string,
  settings: () => Global,
): void {
  const command = ticket.command(name).description(description).argument('<ticketId>');
  for (const field of textFields) command.option(`--${field} <value>`);
  command
    .option('--rating <1-5>', 'from 1 (bad) to 5 (good)', Number)
    .option('--key <key>', 'an idempotency key, to make a retry safe')
    .action(async (id: string, { key, ...body }: { key?: string }) => {
      const answer = await giveCommand(connect(settings()), id, name, {
        idempotencyKey: key,
        body,
      });
      print(settings(), dataOf(answer));
    });
}

const lineOf = ({ reference, ticketId, state, handler, updatedAt }: Row): string =>
  [reference, state.padEnd(20), (handler ?? '-').padEnd(12), updatedAt, ticketId].join('  ');

/** Prints JSON if requested; otherwise one line for each member. */
function print({ json }: Global, answer: object): void {
  if (json === true) {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    return;
  }
  for (const [name, value] of Object.entries(answer) as [string, unknown][]) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    process.stdout.write(`${name.padEnd(18)}${text}\n`);
  }
}
