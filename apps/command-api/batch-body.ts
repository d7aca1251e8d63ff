import { setTimeout as after } from 'node:timers/promises';
import { BATCH_LIMIT, BATCH_READ_AHEAD, BODY_LIMIT } from '#platform/http/bodies.js';
import { Problem } from '#platform/problems/problem.js';

const MAX_COMMANDS = 1_000;

/** How long a batch is read before its first command runs. */
const READ_AHEAD_MS = 300;

const LINE_FEED = 0x0a;

/** A line of a batch, or why it cannot be a command. */
export type BatchLine = string | Problem;
export type BatchLines = AsyncIterable<BatchLine> | Iterable<BatchLine>;

/**
 * The lines of a batch as its body arrives; only the present line is held. A line that is too long
 * or not UTF-8 is replaced by its problem. After the last line that a batch may have comes one more
 * problem, and nothing further is read. If the client disconnects, its unfinished line is dropped.
 *
 * @throws Problem `invalid_request` for a batch without lines, or with too many of them if they are
 *   known at once
 */
export async function linesOfBatch(body: AsyncIterable<Buffer>): Promise<BatchLines> {
  const chunks = body[Symbol.asyncIterator]();
  const { first, next } = await readAhead(chunks).catch(() => {
    throw new Problem('invalid_request', 'The connection ended before the body.');
  });
  if (next !== null) return limited(split(follow(first, next, chunks)));
  const lines: BatchLine[] = [];
  for await (const line of split(first)) lines.push(line);
  if (lines.length === 0 || lines.length > MAX_COMMANDS) throw wrongCount();
  return lines;
}

interface Beginning {
  readonly first: readonly Buffer[];
  /** The next chunk; null if the body has ended. */
  readonly next: Promise<IteratorResult<Buffer, unknown>> | null;
}

async function readAhead(chunks: AsyncIterator<Buffer, unknown>): Promise<Beginning> {
  const first: Buffer[] = [];
  let bytes = 0;
  let late: Promise<null> | null = null;
  for (;;) {
    const next = chunks.next();
    // Where nothing waits for it any more, the end of the connection is no error of the process.
    next.catch(() => undefined);
    const chunk = await (late === null ? next : Promise.race([next, late]));
    if (chunk === null || bytes >= BATCH_READ_AHEAD) return { first, next };
    if (chunk.done === true) return { first, next: null };
    first.push(chunk.value);
    bytes += chunk.value.length;
    late ??= after(READ_AHEAD_MS, null, { ref: false });
  }
}

async function* follow(
  first: readonly Buffer[],
  next: NonNullable<Beginning['next']>,
  chunks: AsyncIterator<Buffer, unknown>,
): AsyncGenerator<Buffer> {
  yield* first;
  for (let chunk = await next; chunk.done !== true; chunk = await chunks.next()) yield chunk.value;
}

async function* limited(lines: AsyncIterable<BatchLine>): AsyncGenerator<BatchLine> {
  let count = 0;
  for await (const line of lines) {
    count += 1;
    yield count > MAX_COMMANDS ? wrongCount() : line;
    if (count > MAX_COMMANDS) return;
  }
}

async function* split(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<BatchLine> {
  const line = new UnfinishedLine();
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > BATCH_LIMIT) {
      yield new Problem('payload_too_large', `A batch must have at most ${BATCH_LIMIT} bytes.`);
      return;
    }
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      line.add(chunk.subarray(from, end));
      yield line.take();
      from = end + 1;
    }
    line.add(chunk.subarray(from));
  }
  const last = line.take();
  if (last instanceof Problem || last.trim() !== '') yield last;
}

/** A line whose end has not arrived. It is copied, since small chunks need far more memory. */
class UnfinishedLine {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #bytes = Buffer.allocUnsafe(BODY_LIMIT);
  #length = 0;

  add(part: Buffer): void {
    if (this.#length + part.length <= BODY_LIMIT) part.copy(this.#bytes, this.#length);
    this.#length += part.length;
  }

  /** Ends the line. */
  take(): BatchLine {
    const length = this.#length;
    this.#length = 0;
    if (length > BODY_LIMIT)
      return new Problem('payload_too_large', `A command must have at most ${BODY_LIMIT} bytes.`);
    try {
      return this.#decoder.decode(this.#bytes.subarray(0, length));
    } catch {
      return new Problem('invalid_request', 'The line is not UTF-8.');
    }
  }
}

const wrongCount = (): Problem =>
  new Problem('invalid_request', `Send 1 to ${MAX_COMMANDS} commands, one in each line.`);
