import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../random.js';

const PAGE_BYTES = 4_096;
const MAX_BYTES = 64;

/** The files that remember what was acknowledged. */
const FILES = ['events.db', 'events.db-wal', 'events.db-shm', 'acknowledged.mark'];

/** What is done to a file of the log, without SQLite. */
export const RAW_WAYS = [
  'bytes',
  'a page',
  'zeros in a page',
  'the end cut off',
  'removed',
] as const;
type RawWay = (typeof RAW_WAYS)[number];

/** Damages one file. */
export function damageFile(file: string, way: RawWay, random: Random): void {
  const { size } = statSync(file);
  const anywhere = random.between(0, Math.max(0, size - 1));
  const page = anywhere - (anywhere % PAGE_BYTES);
  if (way === 'removed') rmSync(file);
  else if (way === 'the end cut off') truncateSync(file, anywhere);
  else if (way === 'bytes') write(file, anywhere, noise(random.between(1, MAX_BYTES), random));
  else if (way === 'a page') write(file, page, noise(PAGE_BYTES, random));
  else write(file, page, Buffer.alloc(PAGE_BYTES));
}

/** Copies the files of a log to another folder; those that do not exist are removed there. */
export function copyLogFiles(from: string, to: string): void {
  for (const name of FILES) {
    rmSync(join(to, name), { force: true });
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  }
}

const noise = (bytes: number, random: Random): Buffer =>
  Buffer.from(Array.from({ length: bytes }, () => random.between(0, 255)));

function write(file: string, at: number, bytes: Buffer): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, at);
  closeSync(descriptor);
}
