import { SingleBar } from 'cli-progress';

/** Shows the progress of a task. */
export interface Progress {
  advance(count: number): void;
  stop(): void;
}

/** The minimum interval between plain lines. */
const LINE_INTERVAL_MS = 5_000;

/** A bar on a terminal, plain lines elsewhere. It goes to stderr: stdout is for the report. */
export function showProgress(what: string, total: number, stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? bar(what, total, stream) : lines(what, total, stream);
}

function bar(what: string, total: number, stream: NodeJS.WriteStream): Progress {
  const shown = new SingleBar({
    stream,
    format: `${what.padEnd(9)} {bar} {percentage}% | {value} of {total} | {rate}/s | {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    etaBuffer: 2_000,
    fps: 8,
  });
  const started = performance.now();
  let done = 0;
  shown.start(total, 0, { rate: 0 });
  return {
    advance: (count) => {
      done += count;
      shown.update(done, { rate: rateSince(started, done) });
    },
    stop: () => {
      shown.stop();
    },
  };
}

function lines(what: string, total: number, stream: NodeJS.WriteStream): Progress {
  const started = performance.now();
  let done = 0;
  let lastLine = started;
  const write = () => {
    const percentage = total === 0 ? 100 : Math.floor((done / total) * 100);
    stream.write(
      `${what.padEnd(9)} ${percentage}% | ${done} of ${total} | ${rateSince(started, done)}/s\n`,
    );
  };
  return {
    advance: (count) => {
      done += count;
      if (performance.now() - lastLine < LINE_INTERVAL_MS) return;
      lastLine = performance.now();
      write();
    },
    stop: write,
  };
}

const rateSince = (started: number, done: number): number =>
  Math.round((done * 1_000) / Math.max(1, performance.now() - started));
