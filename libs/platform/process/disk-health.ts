import { statfs } from 'node:fs/promises';
import type { StatsFs } from 'node:fs';
import { basename } from 'node:path';
import { documentFiles, logFiles, type StoreSettings } from '../stores.js';
import type { Check } from './health.js';
import { inTime } from './in-time.js';
import { degraded, OK, unavailable, type PartHealth } from './part-health.js';
import { ReplacedFiles } from './replaced-files.js';

const MEBIBYTE = 2 ** 20;
/** Below this a commit may fail. */
const NEEDED_MEBIBYTES = 1;
/** Below this an operator should make room. */
const LOW_MEBIBYTES = 64;

/** How long it is reported that a file of documents was exchanged, at least, so that an operator sees it. */
const REBUILD_REPORTED_MS = 20_000;

/**
 * Checks the disk and the files of the embedded stores; nothing where no store is embedded.
 *
 * @param writesLog - whether the process cannot work without writing to the log
 */
export function checkOfDisk(settings: StoreSettings, writesLog: boolean): Check {
  const logs = logFiles(settings);
  const documents = documentFiles(settings);
  const exchangedLogs = new ReplacedFiles(Infinity);
  const exchangedDocuments = new ReplacedFiles(REBUILD_REPORTED_MS);
  const isNeeded = writesLog && settings.eventStoreUrl === null;
  if (logs.length + documents.length === 0) return () => ({});
  let looking: Promise<StatsFs> | null = null;
  // A look that hangs occupies a thread of Node: no other one begins.
  const look = () =>
    (looking ??= statfs(settings.dataFolder).finally(() => {
      looking = null;
    }));
  return async () => {
    const disk = await diskHealth(look(), isNeeded);
    const log = exchangedLogs.first(logs);
    const rebuilt = exchangedDocuments.first(documents);
    if (disk !== OK) return { disk };
    if (log !== null) return { disk: degraded(`${basename(log)} ${EXCHANGED}`) };
    return { disk: rebuilt === null ? OK : degraded(`${basename(rebuilt)} ${REBUILT}`) };
  };
}

const EXCHANGED = 'was removed or exchanged: put it back, or start the service again';
const REBUILT = 'was damaged, removed or exchanged: it is rebuilt from the log';

/** Whether a disk answers and has room. */
async function diskHealth(looking: Promise<StatsFs>, isNeeded: boolean): Promise<PartHealth> {
  const lost = isNeeded ? unavailable : degraded;
  try {
    const disk = await inTime(looking);
    if (disk === null) return lost('it does not answer');
    const { bavail, bsize, files, ffree } = disk;
    const free = Math.floor((bavail * bsize) / MEBIBYTE);
    // File systems without a fixed number of files report 0.
    const hasFiles = files === 0 || ffree > 0;
    if (!hasFiles || free < NEEDED_MEBIBYTES) return lost('full: make room');
    return free < LOW_MEBIBYTES ? degraded(`nearly full: ${free} MiB left`) : OK;
  } catch (error) {
    return lost((error as Error).message);
  }
}
