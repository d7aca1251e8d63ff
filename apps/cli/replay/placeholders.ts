import { shown } from '#ticketing/text.js';
import type { Json, JsonFields } from './mapping.js';

/** The placeholders in a command's body: `{case}`, `{next engineer}`, … */
export const placeholders = [
  'case',
  'activity',
  'timestamp',
  'resource',
  'engineer',
  'next engineer',
] as const;
export type Placeholder = (typeof placeholders)[number];

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** Replaces the placeholders in a body. The API refuses control characters: they are escaped. */
export function fillIn(body: JsonFields, valueOf: (name: Placeholder) => string): JsonFields {
  return mapTexts(body, (text) =>
    text.replaceAll(PLACEHOLDER, (whole, name: string) =>
      isPlaceholder(name) ? shown(valueOf(name)) : whole,
    ),
  );
}

/** The unknown placeholders in a body. */
export function unknownPlaceholders(body: JsonFields): string[] {
  const unknown: string[] = [];
  mapTexts(body, (text) => {
    for (const [whole, name = ''] of text.matchAll(PLACEHOLDER)) {
      if (!isPlaceholder(name)) unknown.push(whole);
    }
    return text;
  });
  return unknown;
}

const isPlaceholder = (name: string): name is Placeholder =>
  placeholders.some((known) => known === name);

const mapTexts = (fields: JsonFields, change: (text: string) => string): JsonFields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, mapText(value, change)]));

function mapText(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (value === null || typeof value !== 'object') return value;
  return isList(value) ? value.map((item) => mapText(item, change)) : mapTexts(value, change);
}

const isList = (value: readonly Json[] | JsonFields): value is readonly Json[] =>
  Array.isArray(value);
