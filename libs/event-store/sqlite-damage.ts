/** The messages of SQLITE_CORRUPT and SQLITE_NOTADB: the driver reports the code only sometimes. */
const DAMAGE = /database disk image is malformed|malformed database schema|file is not a database/;

/** SQLITE_IOERR_SHORT_READ: a file ends before what was written to it. */
const SHORT_READ = 522;

/** The message of an error for damage that a check has found. */
export const DAMAGED_FILE = 'database disk image is malformed';

/** Whether SQLite found that a file is damaged, or cut off. */
export function isDamage(error: unknown): boolean {
  const { message = '', sqliteExtendedCode } = (error ?? {}) as {
    message?: string;
    sqliteExtendedCode?: number;
  };
  return DAMAGE.test(message) || sqliteExtendedCode === SHORT_READ;
}
