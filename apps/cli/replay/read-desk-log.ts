import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { isId } from '#ticketing/text.js';
import { CannotRun } from './cannot-run.js';
import type { Activity, Case, DeskLog } from './desk-log.js';
import type { Mapping } from './mapping.js';

type Row = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/**
 * Reads and checks a whole log, and groups it by case.
 *
 * @throws CannotRun with the problem and its line.
 */
export async function readDeskLog(
  file: string,
  mapping: Mapping,
  mappingFile: string,
): Promise<DeskLog> {
  const hash = createHash('sha256');
  const gathering = new Gathering(mapping);
  const parser = parse({
    bom: true,
    delimiter: mapping.delimiter ?? ',',
    info: true,
    skip_empty_lines: true,
    trim: true,
  });
  const stream = createReadStream(file);
  stream.on('data', (chunk) => hash.update(chunk));
  // `pipe` does not forward errors: the file's error must end the parser.
  stream.on('error', (error) => parser.destroy(error));
  stream.pipe(parser);
  try {
    for await (const row of parser) gathering.take(row as Row);
  } catch (error) {
    stream.destroy();
    if (error instanceof CannotRun) throw error;
    throw new CannotRun(`The log ${file} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return { ...gathering.finish(file, mappingFile), digest: hash.digest('hex') };
}

interface Columns {
  readonly case: number;
  readonly activity: number;
  readonly timestamp: number;
  readonly resource: number | undefined;
}

interface UnknownActivity {
  count: number;
  readonly line: number;
}

/** The lines read so far. */
class Gathering {
  readonly #cases = new Map<string, Activity[]>();
  readonly #resources = new Set<string>();
  readonly #unknown = new Map<string, UnknownActivity>();
  #columns: Columns | undefined;
  #count = 0;

  constructor(private readonly mapping: Mapping) {}

  take({ record, info: { lines: line } }: Row): void {
    if (this.#columns === undefined) {
      this.#columns = columnsOf(record, this.mapping.columns);
      return;
    }
    const field = (column: 'case' | 'activity' | 'timestamp'): string => {
      const value = record[this.#columns?.[column] ?? -1] ?? '';
      if (value !== '') return value;
      throw new CannotRun(`Line ${line}: the ${column} is empty.`);
    };
    const resource = record[this.#columns.resource ?? -1] ?? '';
    const activity: Activity = {
      line,
      activity: field('activity'),
      timestamp: field('timestamp'),
      time: timeOf(field('timestamp'), line),
      resource: resource === '' ? null : engineerIdOf(resource, line),
    };
    this.#add(field('case'), activity);
  }

  #add(name: string, activity: Activity): void {
    const activities = this.#cases.get(name);
    if (activities === undefined) this.#cases.set(name, [activity]);
    else activities.push(activity);
    if (activity.resource !== null) this.#resources.add(activity.resource);
    this.#count++;
    if (this.mapping.activities.has(activity.activity)) return;
    const unknown = this.#unknown.get(activity.activity);
    if (unknown === undefined) {
      this.#unknown.set(activity.activity, { count: 1, line: activity.line });
    } else unknown.count++;
  }

  finish(file: string, mappingFile: string): Omit<DeskLog, 'digest'> {
    if (this.#columns === undefined) throw new CannotRun(`The log ${file} is empty.`);
    if (this.#count === 0) {
      throw new CannotRun(`The log ${file} has column names but no other line.`);
    }
    if (this.#unknown.size > 0) throw new CannotRun(unknownActivities(this.#unknown, mappingFile));
    const cases = [...this.#cases].map(([name, activities], ordinal): Case => {
      // A log need not be sorted. The sort is stable, so equal times keep their order.
      activities.sort((one, other) => one.time - other.time);
      return { name, ordinal, activities };
    });
    return { cases, activityCount: this.#count, resources: [...this.#resources] };
  }
}

function columnsOf(names: readonly string[], wanted: Mapping['columns']): Columns {
  const missing: string[] = [];
  const indexOf = (name: string): number => {
    const index = names.indexOf(name);
    if (index < 0) missing.push(name);
    return index;
  };
  const columns = {
    case: indexOf(wanted.case),
    activity: indexOf(wanted.activity),
    timestamp: indexOf(wanted.timestamp),
    resource: wanted.resource === undefined ? undefined : indexOf(wanted.resource),
  };
  if (missing.length === 0) return columns;
  const quoted = (list: readonly string[]) => list.map((name) => `"${name}"`).join(', ');
  throw new CannotRun(
    `Line 1: there is no column ${quoted(missing)}. The log has ${quoted(names)}: name them under "columns" in the mapping, and set "delimiter" if it is not a comma.`,
  );
}

const WITHOUT_ZONE = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(:\d{2}(\.\d+)?)?$/;

function timeOf(text: string, line: number): number {
  const time = Date.parse(WITHOUT_ZONE.test(text) ? `${text.replace(' ', 'T')}Z` : text);
  if (!Number.isNaN(time)) return time;
  throw new CannotRun(
    `Line ${line}: "${text}" is not a time. Write 2012-10-09 14:50:17, or ISO 8601 with a zone.`,
  );
}

function engineerIdOf(resource: string, line: number): string {
  if (isId(resource)) return resource;
  throw new CannotRun(
    `Line ${line}: "${resource}" cannot be an engineer's id: 1 to 128 printable characters.`,
  );
}

function unknownActivities(
  unknown: ReadonlyMap<string, UnknownActivity>,
  mappingFile: string,
): string {
  const list = [...unknown].map(
    ([activity, { count, line }]) =>
      `"${activity}" (${count === 1 ? 'once' : `${count} times`}, first on line ${line})`,
  );
  const [example = ''] = unknown.keys();
  const name = JSON.stringify(example);
  return [
    'The mapping does not have these activities:',
    ...list.map((entry) => `  ${entry}`),
    `Add each to "activities" in ${mappingFile}:`,
    `  ${name}: { "like": "another activity" }     to use its rules,`,
    `  ${name}: { "pending": ["a command"], "otherwise": [] }     for commands by the ticket's state,`,
    `  ${name}: { "otherwise": [] }     to send nothing.`,
  ].join('\n');
}
