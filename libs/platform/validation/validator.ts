import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { JsonObject } from '#event-store/event-store.js';
import { Problem } from '../problems/problem.js';
import { addRequestFormats, isTextFormat, withNormalIds } from './formats.js';
import { queryValues } from './query-values.js';
import { requestSchemas } from './schemas.js';

type RequestClass<Body> = new () => Body;

/** Returns a value that fits its request class. @throws Problem `invalid_request` for any other. */
export type Validate<Body> = (value: unknown) => Body & JsonObject;

/** The request classes that have a validator. */
const requested = new Set<string>();

/**
 * Makes a validator from the decorators of a request class, by way of its JSON Schema. It is compiled
 * for the first request, because compiling all of them takes a tenth of the time of a start.
 */
export function validatorFor<Body>(
  request: RequestClass<Body>,
  source: 'body' | 'query' = 'body',
): Validate<Body> {
  const compiled = once<ValidateFunction>(() =>
    requests().compile({ $ref: `requests#/components/schemas/${request.name}` }),
  );
  requested.add(request.name);
  return (sent) => {
    const validate = compiled();
    const members = schemas()[request.name]?.properties ?? {};
    const value = source === 'query' ? queryValues(sent as object, members) : sent;
    if (!validate(value)) throw invalid(validate.errors ?? [], source);
    return value as Body & JsonObject;
  };
}

/** @throws Error if a request class with a validator has no schema; it stops the start. */
export function checkRequestClasses(): void {
  for (const name of requested) {
    if (!(name in schemas())) throw new Error(`The request class ${name} has no decorators.`);
  }
}

const schemas = once(requestSchemas);

const requests = once(() => {
  const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false });
  ajv.addVocabulary(['components', 'example']);
  addRequestFormats(ajv);
  ajv.addSchema({ $id: 'requests', components: { schemas: withNormalIds(schemas()) } });
  return ajv;
});

function invalid(errors: readonly ErrorObject[], source: 'body' | 'query'): Problem {
  const fields = errors.slice(0, 20).map((error) => ({
    pointer: pointerOf(error),
    message: messageOf(error),
  }));
  const first = fields[0];
  const detail =
    first === undefined
      ? `The ${source} is not valid.`
      : `The ${source} is not valid: ${first.pointer === '' ? 'it' : first.pointer} ${first.message}.`;
  return new Problem('invalid_request', detail, { errors: fields });
}

/** Ajv points to the object that lacks a member or has one too many; callers get the member. */
function pointerOf({ instancePath, keyword, params }: ErrorObject): string {
  const member =
    keyword === 'required'
      ? (params as { missingProperty: string }).missingProperty
      : keyword === 'additionalProperties'
        ? (params as { additionalProperty: string }).additionalProperty
        : undefined;
  if (member === undefined) return instancePath;
  return `${instancePath}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function messageOf({ keyword, message, params }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
      return 'is unknown';
    case 'enum':
      return `must be one of ${(params as { allowedValues: unknown[] }).allowedValues.join(', ')}`;
    case 'type':
      return (params as { type: string }).type === 'integer' ? INTEGER : orInvalid(message);
    case 'pattern':
      return MALFORMED;
    case 'format':
      return formatMessage((params as { format: string }).format, message);
    default:
      return orInvalid(message);
  }
}

const UNREADABLE = 'must not be blank, malformed, or have control characters';
const formatMessage = (format: string, message?: string): string =>
  isTextFormat(format) ? UNREADABLE : format === 'date-time' ? TIME : orInvalid(message);

const TIME = 'must be a time such as 2026-11-24T12:00:00Z';
const INTEGER = 'must be a whole number in decimal digits';
const MALFORMED = 'must not be blank or malformed';
const orInvalid = (message = 'is not valid'): string => message;

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}
