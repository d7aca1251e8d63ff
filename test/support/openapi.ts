import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { HttpAnswer } from './http.js';

export const methods = ['get', 'put', 'post', 'delete', 'patch', 'options', 'head'] as const;
export type Method = (typeof methods)[number];

interface Media {
  readonly schema?: AnySchema;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: AnySchema;
}

/** The keywords of a schema that describe an object's members. */
interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly AnySchema[];
  readonly allOf?: readonly AnySchema[];
  readonly type?: string | readonly string[];
  readonly items?: AnySchema;
  readonly properties?: Readonly<Record<string, AnySchema>>;
  readonly additionalProperties?: AnySchema;
}

interface Header {
  readonly required?: boolean;
  readonly schema?: AnySchema;
}

export interface Response {
  readonly description?: string;
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Readonly<Record<string, Media>>;
}

export interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  /** By status. The constructor of `Contract` has resolved references. */
  readonly responses: Readonly<Record<string, Response>>;
  readonly security?: readonly unknown[];
}

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Partial<Record<Method, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, AnySchema>>;
    readonly responses: Readonly<Record<string, Response>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

/** An operation with its method and path. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly operation: Operation;
}

/** Formats that the service checks in code; for other programs they are annotations. */
const formatsOfTheService = ['iana-time-zone', 'text', 'line', 'actor-id'];

/** The service's OpenAPI document, with which tests compare its answers. */
export class Contract {
  readonly routes: readonly Route[];
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<AnySchema, ValidateFunction>();

  constructor(readonly document: OpenApiDocument) {
    this.routes = Object.entries(document.paths).flatMap(([path, operations]) =>
      methods.flatMap((method) => {
        const operation = operations[method];
        if (operation === undefined) return [];
        const responses = resolved(operation.responses, document.components.responses);
        return [{ method, path, operation: { ...operation, responses } }];
      }),
    );
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(this.#ajv);
    for (const format of formatsOfTheService) this.#ajv.addFormat(format, true);
    this.#ajv.addSchema({ $id: 'openapi', components: document.components });
  }

  /** The operation of a request; null if the document has none. */
  routeOf(method: string, path: string): Route | null {
    const parts = path.split('?', 1)[0]?.split('/') ?? [];
    return (
      this.routes.find(
        (route) => route.method === method.toLowerCase() && matches(route.path.split('/'), parts),
      ) ?? null
    );
  }

  /** Compiles a schema of the document. @throws Error if it is invalid */
  compile(schema: AnySchema): ValidateFunction {
    const known = this.#validators.get(schema);
    if (known !== undefined) return known;
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/');
    const validate = this.#ajv.compile(JSON.parse(text) as AnySchema);
    this.#validators.set(schema, validate);
    return validate;
  }

  /** Pointers to the parts of a schema that allow any object, without properties or a schema for all. */
  untypedObjects(schema: AnySchema, pointer = ''): string[] {
    const { $ref, anyOf, allOf, type, items, properties, additionalProperties } = schema as Schema;
    if ($ref !== undefined) {
      const name = $ref.replace('#/components/schemas/', '');
      return this.untypedObjects(this.document.components.schemas[name] ?? true, pointer);
    }
    const parts = [...(anyOf ?? []), ...(allOf ?? [])];
    if (parts.length > 0) return parts.flatMap((part) => this.untypedObjects(part, pointer));
    if (items !== undefined) return this.untypedObjects(items, `${pointer}/*`);
    if (type !== undefined && ![type].flat().includes('object')) return [];
    const members = Object.entries(properties ?? {});
    if (members.length > 0) {
      return members.flatMap(([name, part]) => this.untypedObjects(part, `${pointer}/${name}`));
    }
    return typeof additionalProperties === 'object' ? [] : [pointer];
  }

  /** The difference between an answer and the documentation of its route; null if there is none. */
  breach({ operation }: Route, { status, headers, text }: HttpAnswer): string | null {
    const response = operation.responses[status];
    if (response === undefined) return `status ${status} is not documented`;
    return (
      this.#headerBreach(response, headers) ??
      this.#bodyBreach(response, status, headers['content-type'], text)
    );
  }

  #headerBreach(response: Response, headers: HttpAnswer['headers']): string | null {
    for (const [name, { required = false, schema = true }] of Object.entries(
      response.headers ?? {},
    )) {
      const value = headers[name.toLowerCase()];
      if (value === undefined && required) return `header ${name} is missing`;
      if (value === undefined) continue;
      const errors = this.#errors(schema, isInteger(schema) ? Number(value) : value);
      if (errors !== null) return `header ${name}: ${errors}`;
    }
    return null;
  }

  #bodyBreach(
    { content = {} }: Response,
    status: number,
    contentType: string | undefined,
    text: string,
  ): string | null {
    if (text === '') return null;
    const type = contentType?.split(';', 1)[0] ?? '';
    const media = content[type];
    if (media === undefined) return `content type "${type}" is not documented for ${status}`;
    for (const value of valuesIn(type, text)) {
      const errors = this.#errors(media.schema ?? true, value);
      if (errors !== null) return `body: ${errors}`;
    }
    return null;
  }

  #errors(schema: AnySchema, value: unknown): string | null {
    const validate = this.compile(schema);
    return validate(value) ? null : this.#ajv.errorsText(validate.errors);
  }
}

/** The values in a body. The schema of a media type with many values describes each value. */
function valuesIn(type: string, text: string): readonly unknown[] {
  if (type === 'application/x-ndjson') {
    return text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  }
  if (type === 'text/event-stream') {
    return [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']): unknown => JSON.parse(data));
  }
  return [/[/+]json$/.test(type) ? JSON.parse(text) : text];
}

const isInteger = (schema: AnySchema): boolean =>
  typeof schema === 'object' && Reflect.get(schema, 'type') === 'integer';

function resolved(
  responses: Operation['responses'],
  components: OpenApiDocument['components']['responses'],
): Operation['responses'] {
  const entries = Object.entries(responses).map(([status, response]): [string, Response] => {
    const reference = (response as { $ref?: string }).$ref;
    if (reference === undefined) return [status, response];
    const component = components[reference.replace('#/components/responses/', '')];
    if (component === undefined) throw new Error(`${reference} is not in the document.`);
    return [status, component];
  });
  return Object.fromEntries(entries);
}

/** Whether a path fits a template: its literal parts are equal, and no parameter is empty. */
const matches = (template: readonly string[], parts: readonly string[]): boolean =>
  template.length === parts.length &&
  template.every((part, index) =>
    part.startsWith('{') ? (parts[index] ?? '') !== '' : part === parts[index],
  );
