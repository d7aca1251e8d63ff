/** The messages of SQLITE_CORRUPT and SQLITE_NOTADB: the driver reports the code only sometimes. */
const DAMAGE = /database disk image is malformed|file is not a database/;

/** The message of an error for damage that a check has found. */
export const DAMAGED_FILE = 'database disk image is malformed';

/** Whether SQLite found that pages of a file are damaged. */
export const isDamage = (error: unknown): boolean =>
  DAMAGE.test((error as Error | undefined)?.message ?? '');
