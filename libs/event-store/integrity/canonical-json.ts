import type { Json, JsonObject } from '../event-store.js';

/**
 * Serialises JSON by RFC 8785 (JSON Canonicalization Scheme): no white space, members sorted by
 * their names' UTF-16 code units, numbers and strings as in ECMAScript. A value has exactly one
 * text, so that anyone can compute its hash again.
 *
 * @throws TypeError for values outside I-JSON: lone surrogates, NaN, infinities.
 */
export const canonicalJson = (value: Json): string =>
  // JSON.stringify differs only in the order of members. Our own events are in canonical order
  // already, and then this costs half.
  isInOrder(value) ? JSON.stringify(value) : written(value);

/**
 * Whether the members of all objects are in canonical order.
 *
 * @throws TypeError for values outside I-JSON.
 */
function isInOrder(value: Json | undefined): boolean {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('A string contains half a surrogate pair.');
      return true;
    case 'number':
      if (!Number.isFinite(value))
        throw new TypeError(`JSON cannot represent the number ${value}.`);
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

/** Serialises a value whose members are not all in order. */
function written(value: Json): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value);
    case 'number':
      if (!Number.isFinite(value))
        throw new TypeError(`JSON cannot represent the number ${value}.`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      if (value === null) return 'null';
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as JsonObject);
  }
}

/** Serialised member names, which repeat in every event; a bounded cache. */
const names = new Map<string, string>();
const CACHED_NAMES = 1_000;

function canonicalName(name: string): string {
  const cached = names.get(name);
  if (cached !== undefined) return cached;
  const text = canonicalString(name);
  if (names.size < CACHED_NAMES) names.set(name, text);
  return text;
}

/** Text that JSON does not escape: printable ASCII without quote and backslash. */
const PLAIN = /^[ !#-[\]-~]*$/;

function canonicalString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('A string contains half a surrogate pair.');
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

/** Undefined members are omitted, as in JSON.stringify. */
function canonicalObject(members: { readonly [name: string]: Json | undefined }): string {
  let text = '';
  for (const name of Object.keys(members).sort()) {
    const value = members[name];
    if (value === undefined) continue;
    text += `${text === '' ? '' : ','}${canonicalName(name)}:${written(value)}`;
  }
  return `{${text}}`;
}
