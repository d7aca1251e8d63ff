import { parentPort, workerData } from 'node:worker_threads';
import { commitsOf } from '../database-changes.js';
import { LogMark } from '../log-mark.js';
import { LogWriter } from './log-writer.js';
import { filesIn, unpack, type FromWriter, type ToWriter, type WriterData } from './protocol.js';

/**
 * The only writer of an embedded log, in its own thread, so that a commit's wait for the disk
 * delays no request. Each group is written and answered before the next one. The process holds the
 * folder's lock, so that the folder stays locked if this thread dies.
 */
const { folder, logId } = workerData as WriterData;
const port = parentPort;
if (port === null) throw new Error('writer-thread.js runs as a worker thread only.');

/** How often the log's files are compared while no append does it; each time is a sign of life. */
const VERIFY_INTERVAL_MS = 1_000;

const files = filesIn(folder);
const writer = new LogWriter(files.log, new LogMark(files.mark), logId);
const commits = commitsOf(files.log);
const post = (message: Omit<FromWriter, 'refusal'>) => {
  port.postMessage({ ...message, refusal: writer.refusal } satisfies FromWriter);
};

const verifying = setInterval(() => {
  writer.verify();
  post({});
}, VERIFY_INTERVAL_MS);

port.on('message', (message: ToWriter) => {
  if (message === 'close') {
    clearInterval(verifying);
    writer.close();
    commits.close();
    port.close();
    return;
  }
  const outcomes = writer
    .write(unpack(message))
    .map((outcome) => (outcome.kind === 'appended' ? outcome.position : outcome));
  post({ outcomes });
  commits.postMessage('committed');
});

post({ logId: writer.logId });
// A writer that died may have committed without announcing it.
commits.postMessage('committed');
