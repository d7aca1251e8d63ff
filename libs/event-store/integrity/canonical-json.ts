import type { Json, JsonObject } from '../event-store.js';

/**
 * Writes JSON as RFC 8785 (JSON Canonicalization Scheme) has it: no white space, members sorted by
 * their names' UTF-16 code units, numbers and strings as ECMAScript writes them. One value has one
 * text, so that a hash over it can be computed again by anybody.
 *
 * @throws TypeError for what I-JSON cannot hold: lone surrogates, NaN, infinities.
 */
export const canonicalJson = (value: Json): string =>
  // JSON.stringify writes all of it so, but members as they stand. What our own code makes stands
  // in order already, and then costs half.
  isInOrder(value) ? JSON.stringify(value) : written(value);

/**
 * Whether the members of all objects stand in canonical order.
 *
 * @throws TypeError for what I-JSON cannot hold.
 */
function isInOrder(value: Json | undefined): boolean {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('A string holds half a surrogate pair.');
      return true;
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`JSON has no number ${value}.`);
      return true;
    case 'object':
      if (value === null) return true;
      return Array.isArray(value) ? value.every(isInOrder) : areInOrder(value as JsonObject);
    default:
      return true;
  }
}

function areInOrder(members: JsonObject): boolean {
  let before = '';
  for (const name in members) {
    if (name < before || !isInOrder(name) || !isInOrder(members[name])) return false;
    before = name;
  }
  return true;
}

/** Writes a value whose members are out of order somewhere. */
function written(value: Json): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`JSON has no number ${value}.`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      if (value === null) return 'null';
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as JsonObject);
  }
}

/** The names of members come back in every event: their texts are kept, up to a bound. */
const names = new Map<string, string>();
const KEPT_NAMES = 1_000;

function canonicalName(name: string): string {
  const kept = names.get(name);
  if (kept !== undefined) return kept;
  const text = canonicalString(name);
  if (names.size < KEPT_NAMES) names.set(name, text);
  return text;
}

/** What JSON writes as it stands: printable ASCII but for the quote and the backslash. */
const PLAIN = /^[ !#-[\]-~]*$/;

function canonicalString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('A string holds half a surrogate pair.');
  return JSON.stringify(text);
}

function canonicalArray(items: readonly Json[]): string {
  let text = '[';
  for (let index = 0; index < items.length; index++) {
    if (index > 0) text += ',';
    text += written(items[index] ?? null);
  }
  return `${text}]`;
}

/** Members that are undefined are left out, as JSON.stringify leaves them out. */
function canonicalObject(members: { readonly [name: string]: Json | undefined }): string {
  let text = '';
  for (const name of Object.keys(members).sort()) {
    const value = members[name];
    if (value === undefined) continue;
    text += `${text === '' ? '' : ','}${canonicalName(name)}:${written(value)}`;
  }
  return `{${text}}`;
}
