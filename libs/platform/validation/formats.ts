import type { Ajv, FuncKeywordDefinition } from 'ajv';
import type { DataValidationCxt } from 'ajv/dist/types/index.js';
import addFormats from 'ajv-formats';
import { isId, isLine, isText, isVisible, normalId } from '#ticketing/text.js';

/**
 * String formats that code checks. JSON Schema's portable regular expressions have no Unicode
 * classes and no look-arounds, so these rules cannot be patterns that every client understands.
 */
const textFormats = {
  /** Text of which something is visible. */
  text: (value: string) => isVisible(value) && isText(value),
  /** The same on one line. */
  line: (value: string) => isVisible(value) && isLine(value),
  'actor-id': isId,
};

const otherFormats = { 'date-time': isDateTime, 'iana-time-zone': isTimeZone };

const libraryFormats = ['email', 'uuid'] as const;

/** The formats that a request class may name. */
export type Format =
  keyof typeof textFormats | keyof typeof otherFormats | (typeof libraryFormats)[number];

export const isTextFormat = (format: unknown): boolean =>
  Object.hasOwn(textFormats, String(format));

/** Brings an id that was sent into the form in which ids of people are compared. */
const NORMAL_ID: FuncKeywordDefinition = {
  keyword: 'normalId',
  type: 'string',
  schema: false,
  modifying: true,
  errors: false,
  validate: (id: string, { parentData, parentDataProperty }: DataValidationCxt) => {
    parentData[parentDataProperty] = normalId(id);
    return true;
  },
};

/**
 * The schemas as validators take them: ids of people are also brought into their normal form, which
 * no keyword of JSON Schema says.
 */
export const withNormalIds = <Schemas>(schemas: Schemas): Schemas =>
  JSON.parse(JSON.stringify(schemas), (_, part: { readonly format?: unknown } | null) =>
    part?.format === 'actor-id' ? { ...part, [NORMAL_ID.keyword as string]: true } : part,
  ) as Schemas;

/** Registers all formats with a validator. */
export function addRequestFormats(ajv: Ajv): void {
  addFormats.default(ajv, [...libraryFormats]);
  ajv.addKeyword(NORMAL_ID);
  for (const [name, check] of Object.entries({ ...textFormats, ...otherFormats })) {
    ajv.addFormat(name, check);
  }
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

/** A time of RFC 3339 that Date can hold: it has no leap seconds. */
function isDateTime(text: string): boolean {
  const day = text.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Date reads a day that the month does not have as a day of the next month.
  const isDay = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
  return RFC_3339.test(text) && isDay && !Number.isNaN(Date.parse(text.toUpperCase()));
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // Intl throws a RangeError for a name that it does not know.
    return false;
  }
}
