import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { Problem } from '../problems/problem.js';
import { requestSchemas } from './schemas.js';

type RequestClass<Body> = new () => Body;

/** Throws a Problem where a value is not what a request class describes; otherwise it is that. */
export type Validate<Body> = (value: unknown) => Body;

/** What `validatorFor` was asked for so far; compiled together, once all request classes are loaded. */
const wanted: (() => void)[] = [];

/** Makes a validator of a request class: its decorators become a JSON Schema, and that becomes code. */
export function validatorFor<Body>(
  request: RequestClass<Body>,
  source: 'body' | 'query' = 'body',
): Validate<Body> {
  const compiled = once<ValidateFunction>(() =>
    (source === 'body' ? bodies() : queries()).compile({
      $ref: `requests#/components/schemas/${request.name}`,
    }),
  );
  wanted.push(compiled);
  return (value) => {
    const validate = compiled();
    if (!validate(value)) throw invalid(validate.errors ?? [], source);
    return value as Body;
  };
}

/** Compiles every validator, so that a request class without a schema stops the start. */
export function compileValidators(): void {
  for (const compile of wanted) compile();
}

/** Bodies are taken as they are; a query's values are text, and are read as what they should be. */
const bodies = once(() => makeAjv(false));
const queries = once(() => makeAjv('array'));

function makeAjv(coerceTypes: false | 'array'): Ajv {
  const ajv = new Ajv({ coerceTypes, allErrors: true, strict: true, strictTypes: false });
  ajv.addVocabulary(['components', 'example']);
  addFormats.default(ajv, ['email', 'uuid']);
  ajv.addFormat('date-time', isMoment);
  ajv.addFormat('iana-time-zone', isTimeZone);
  ajv.addSchema({ $id: 'requests', components: { schemas: requestSchemas() } });
  return ajv;
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

/** A moment that Date can hold: leap seconds, which RFC 3339 has, it cannot. */
function isMoment(text: string): boolean {
  const day = text.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // A day that its month does not have would be one of the next month.
  const isDay = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
  return RFC_3339.test(text) && isDay && !Number.isNaN(Date.parse(text.toUpperCase()));
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // A RangeError is how Intl says that it does not know the name.
    return false;
  }
}

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

/** A missing or a surplus member is named itself, not only the object that it is (not) in. */
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
      return 'is missing';
    case 'additionalProperties':
      return 'is not known here';
    case 'enum':
      return `must be one of ${(params as { allowedValues: unknown[] }).allowedValues.join(', ')}`;
    case 'pattern':
      return 'must not be blank or malformed';
    default:
      return message ?? 'is not valid';
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}
