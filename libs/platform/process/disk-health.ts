import { statfs } from 'node:fs/promises';
import type { Configuration } from '../configuration.js';
import { degraded, OK, unavailable, type PartHealth } from './part-health.js';

const MEBIBYTE = 2 ** 20;
/** Below this a commit may fail. */
const NEEDED_MEBIBYTES = 1;
/** Below this an operator should make room. */
const LOW_MEBIBYTES = 64;

type Settings = Pick<Configuration, 'dataFolder' | 'eventStoreUrl' | 'mongodbUrl'>;

/**
 * The health of the disk of the embedded stores; nothing where no store is embedded.
 *
 * @param writesLog - whether the process cannot work without writing to the log
 */
export async function diskParts(
  { dataFolder, eventStoreUrl, mongodbUrl }: Settings,
  writesLog: boolean,
): Promise<Readonly<Record<string, PartHealth>>> {
  if (eventStoreUrl !== null && mongodbUrl !== null) return {};
  return { disk: await diskHealth(dataFolder, writesLog && eventStoreUrl === null) };
}

/** Whether the disk of a folder has room. */
export async function diskHealth(folder: string, isNeeded: boolean): Promise<PartHealth> {
  try {
    const { bavail, bsize, files, ffree } = await statfs(folder);
    const free = Math.floor((bavail * bsize) / MEBIBYTE);
    // File systems without a fixed number of files report 0.
    const hasFiles = files === 0 || ffree > 0;
    if (!hasFiles || free < NEEDED_MEBIBYTES)
      return (isNeeded ? unavailable : degraded)('full: make room');
    return free < LOW_MEBIBYTES ? degraded(`nearly full: ${free} MiB left`) : OK;
  } catch (error) {
    return (isNeeded ? unavailable : degraded)((error as Error).message);
  }
}
