import type { Command } from 'commander';
import { connect, dataOf, type Connection } from '../api-client.js';
import { print } from '../output.js';

/** `tickets log accept-loss`: for admins, through the API of the service that refuses commands. */
export function addAcceptLoss(program: Command, log: Command): void {
  log
    .command('accept-loss')
    .description('accepts that acknowledged events are missing in the log, so that commands go on')
    .addHelpText(
      'after',
      '\nThe service refuses commands while its log lacks acknowledged events; its log and GET /health/ready say which. First try to put the right log back. Accepting appends an event with what was lost, who accepted it and when. Then rebuild: tickets projections rebuild.',
    )
    .action(async () => {
      const settings = program.opts<Connection & { readonly json?: boolean }>();
      const answer = dataOf(await connect(settings).POST('/api/v1/log/accept-loss'));
      const { loss, position } = answer;
      const words =
        loss === null
          ? 'The log has every acknowledged event: there is no loss to accept.'
          : `Accepted at position ${position}: ${loss.events ?? `at least ${loss.atLeastEvents ?? 1}`} events lost since ${loss.since ?? (loss.events === null ? 'an unknown time' : 'the beginning')}, the last of them acknowledged at ${loss.until}. Commands are accepted again. Rebuild with: tickets projections rebuild.`;
      print(`${settings.json === true ? JSON.stringify(answer) : words}\n`);
    });
}
