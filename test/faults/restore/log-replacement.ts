import { join } from 'node:path';
import { START } from '#event-store/event-store.js';
import { creation } from '#test/support/tickets.js';
import { pause, until } from '#test/support/until.js';
import type { Random } from '../random.js';
import type { Load } from './load.js';
import {
  backUpLog,
  cutLog,
  exchangeLog,
  keepLog,
  leaveOf,
  LEFTOVERS,
  readLog,
  restoreLog,
  type Leftover,
} from './log-files.js';
import type { RestartedDesk } from './restarted-desk.js';

const WAYS = [
  'restored',
  'replaced under the running service',
  'cut',
  'exchanged',
  ...LEFTOVERS,
] as const;
const ENDS = ['at rest', 'under load', 'under load, killed'] as const;
const MAX_LOAD_MS = 300;
/** The most commands that are sent before, and after, the backup. */
export const MAX_COMMANDS = 12;

/** Replaces the log under the read models of a desk, and leaves its service stopped. */
export class LogReplacement {
  readonly way: (typeof WAYS)[number];
  readonly end: (typeof ENDS)[number];

  constructor(
    private readonly desk: RestartedDesk,
    private readonly load: Load,
    private readonly random: Random,
  ) {
    this.way = random.oneOf(WAYS);
    this.end = random.oneOf(ENDS);
  }

  /**
   * Backs the log up, goes on, stops and replaces the log. The newest one is kept in a folder.
   *
   * @param crowded - a ticket that gets many notes
   * @returns how many requests had been sent before the backup
   */
  async run(crowded: string): Promise<number> {
    const { folder } = this.desk;
    const [backup, newest] = [join(folder, 'backup'), join(folder, 'newest')];
    const older = join(folder, 'older');
    let goesOn = this.end !== 'at rest';
    const meanwhile = this.load.sendWhile(() => goesOn, crowded);
    if (goesOn) await pause(this.random.between(0, MAX_LOAD_MS));
    backUpLog(folder, backup);
    keepLog(folder, older);
    const sent = this.load.size;
    if (goesOn) await pause(this.random.between(0, MAX_LOAD_MS));
    else await this.load.send(this.random.between(1, MAX_COMMANDS), crowded);
    goesOn = false;
    if (this.way === 'replaced under the running service') {
      await meanwhile;
      backUpLog(folder, newest);
      restoreLog(backup, folder);
      await refusesCommands(this.desk);
    }
    const isKilled = this.end === 'under load, killed' || isLeftover(this.way);
    await this.desk.stop(isKilled ? 'SIGKILL' : 'SIGTERM');
    await meanwhile;
    if (this.way !== 'replaced under the running service') await this.#spoil(backup, newest, older);
    return sent;
  }

  /** Keeps the log of the stopped service, and puts another one, or a part of it, in its place. */
  async #spoil(backup: string, newest: string, older: string): Promise<void> {
    const { folder } = this.desk;
    const left = join(folder, 'left');
    keepLog(folder, left);
    backUpLog(folder, newest);
    const [low, high] = [await endOf(backup), await endOf(newest)];
    if (isLeftover(this.way)) {
      restoreLog(left, folder);
      leaveOf(folder, this.way, older, this.random);
    } else if (this.way === 'restored') restoreLog(backup, folder);
    else if (this.way === 'cut') cutLog(folder, BigInt(this.random.between(low, high)));
    else await exchangeLog(folder, this.random.between(1, 2 * high), this.random);
  }
}

const isLeftover = (way: string): way is Leftover => (LEFTOVERS as readonly string[]).includes(way);

/** Commands must be refused at once, and health must say so. */
async function refusesCommands({ as, service }: RestartedDesk): Promise<void> {
  const words = 'removed or exchanged under the running service';
  const { status, text } = await as('alice').post('/tickets', creation());
  if (status !== 503 || !text.includes(words))
    throw new Error(`A command was answered ${status}: ${text}`);
  await until('the health says that the log was replaced', async () =>
    (await (await fetch(`${service.url}/health/ready`)).text()).includes(words) ? true : null,
  );
}

const endOf = async (folder: string): Promise<number> =>
  Number((await readLog(folder)).at(-1)?.position ?? START);
