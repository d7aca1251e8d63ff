import { basename } from 'node:path';
import type { Logger } from 'pino';
import type { DocumentsObserver } from '../stores.js';

/** Logs what happens to the documents of a process. */
export const documentsObserver = (logger: Logger): DocumentsObserver => ({
  onDamage: (file, error) => {
    logger.error(
      { err: error, file: basename(file) },
      'damaged: removed, and rebuilt from the log',
    );
  },
});
