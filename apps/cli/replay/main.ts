import { Command, InvalidArgumentError } from 'commander';
import { readConfiguration } from '#platform/configuration.js';
import { complain, escapeMessages, print } from '../output.js';
import { showProgress } from '../progress.js';
import { replay } from './replay.js';
import { isWell, reportAsJson, reportInWords } from './report.js';

interface CommandLine {
  readonly map: string;
  readonly url: URL;
  readonly speed?: number;
  readonly atOnce: number;
  readonly verify: boolean;
  readonly json?: boolean;
}

/** `npm run replay -- FILE.csv --map MAPPING.json`: plays a desk's log through the HTTP API. */
const program = escapeMessages(new Command('replay'))
  .description(
    "Plays the log of a real desk through the HTTP API as commands of the right actors. Tokens are signed with the local development key: run it with the service's DATA_DIR.",
  )
  .argument('<file>', 'the log: CSV with case, activity, timestamp and optionally resource')
  .requiredOption('--map <file>', 'the mapping: which activity stands for which commands')
  .option('--url <url>', 'the service', urlOf, new URL('http://127.0.0.1:3000'))
  .option('--speed <times>', "accelerate the log's own time by this factor: 100000x", speedOf)
  .option('--at-once <count>', 'the number of concurrent cases', countOf, 64)
  .option('--no-verify', 'do not compare the list and the histories with the log afterwards')
  .option('--json', 'print the report as JSON')
  .addHelpText(
    'after',
    '\nExit status: 0 everything matches the log, 1 it does not, 2 the replay could not run.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(async (file: string, { map, speed, ...options }: CommandLine) => {
    const { dataFolder } = readConfiguration(process.env);
    const interruption = new AbortController();
    process.once('SIGINT', () => {
      interruption.abort();
    });
    const report = await replay({
      ...options,
      file,
      mappingFile: map,
      speed: speed ?? null,
      dataFolder,
      signal: interruption.signal,
      progress: (what, total) => showProgress(what, total, process.stderr),
    });
    const text = options.json === true ? `${reportAsJson(report)}\n` : `\n${reportInWords(report)}`;
    print(text);
    process.exitCode = report.interrupted ? 2 : isWell(report) ? 0 : 1;
  });

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:') return url;
  throw new InvalidArgumentError('It must be an address such as http://127.0.0.1:3000.');
}

function speedOf(text: string): number {
  const speed = Number(text.replace(/x$/i, ''));
  if (Number.isFinite(speed) && speed > 0) return speed;
  throw new InvalidArgumentError('It must be a number above 0, such as 100000 or 100000x.');
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 256) return count;
  throw new InvalidArgumentError('It must be a whole number from 1 to 256.');
}

program.parseAsync().catch((error: unknown) => {
  complain(`\n${(error as Error).message}\n`);
  process.exit(2);
});
