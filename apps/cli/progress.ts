import { SingleBar } from 'cli-progress';

/** Shows how far something has got. */
export interface Progress {
  advance(count: number): void;
  stop(): void;
}

/** How far apart plain lines are, at least. */
const LINE_MILLISECONDS = 5_000;

/** A bar on a terminal, a line now and then elsewhere. It goes to stderr: stdout is for the report. */
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
  let told = started;
  const tell = () => {
    const percentage = total === 0 ? 100 : Math.floor((done / total) * 100);
    stream.write(
      `${what.padEnd(9)} ${percentage}% | ${done} of ${total} | ${rateSince(started, done)}/s\n`,
    );
  };
  return {
    advance: (count) => {
      done += count;
      if (performance.now() - told < LINE_MILLISECONDS) return;
      told = performance.now();
      tell();
    },
    stop: tell,
  };
}

const rateSince = (started: number, done: number): number =>
  Math.round((done * 1_000) / Math.max(1, performance.now() - started));
