import { parentPort, workerData } from 'node:worker_threads';
import { commitsOf } from '../database-changes.js';
import { LogWriter } from './log-writer.js';
import { filesIn, unpack, type FromWriter, type ToWriter, type WriterData } from './protocol.js';

/**
 * The only writer of an embedded log, in its own thread, so that a commit's wait for the disk
 * delays no request. Each group is written and answered before the next one. The process holds the
 * folder's lock, so that the folder stays locked if this thread dies.
 */
const { folder } = workerData as WriterData;
const port = parentPort;
if (port === null) throw new Error('writer-thread.js runs as a worker thread only.');

const { log } = filesIn(folder);
const writer = new LogWriter(log);
const commits = commitsOf(log);
const post = (message: FromWriter) => {
  port.postMessage(message);
};

port.on('message', (message: ToWriter) => {
  if (message === 'close') {
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

post('ready');
// A writer that died may have committed without announcing it.
commits.postMessage('committed');
