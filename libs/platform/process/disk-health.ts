import { statfs } from 'node:fs/promises';
import { basename } from 'node:path';
import { embeddedFiles, type StoreSettings } from '../stores.js';
import type { Check } from './health.js';
import { degraded, OK, unavailable, type PartHealth } from './part-health.js';
import { ReplacedFiles } from './replaced-files.js';

const MEBIBYTE = 2 ** 20;
/** Below this a commit may fail. */
const NEEDED_MEBIBYTES = 1;
/** Below this an operator should make room. */
const LOW_MEBIBYTES = 64;

/**
 * Checks the disk and the files of the embedded stores; nothing where no store is embedded.
 *
 * @param writesLog - whether the process cannot work without writing to the log
 */
export function checkOfDisk(settings: StoreSettings, writesLog: boolean): Check {
  const files = embeddedFiles(settings);
  const replaced = new ReplacedFiles();
  const isNeeded = writesLog && settings.eventStoreUrl === null;
  if (files.length === 0) return () => ({});
  return async () => {
    const disk = await diskHealth(settings.dataFolder, isNeeded);
    const file = replaced.first(files);
    return { disk: disk === OK && file !== null ? exchanged(file) : disk };
  };
}

const exchanged = (file: string): PartHealth =>
  degraded(`${basename(file)} was removed or exchanged: put it back, or start the service again`);

/** Whether the disk of a folder has room. */
async function diskHealth(folder: string, isNeeded: boolean): Promise<PartHealth> {
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
