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

export interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<
      string,
      { readonly description?: string; readonly content?: Readonly<Record<string, Media>> }
    >
  >;
  readonly security?: readonly unknown[];
}

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Partial<Record<Method, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, AnySchema>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

/** An operation and where it is. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly operation: Operation;
}

/** The service checks these in code; to other programs they are annotations. */
const formatsOfTheService = ['iana-time-zone', 'text', 'any-text', 'person-id'];

/** The service's own description of itself, to hold its answers against. */
export class Contract {
  readonly routes: readonly Route[];
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<AnySchema, ValidateFunction>();

  constructor(readonly document: OpenApiDocument) {
    this.routes = Object.entries(document.paths).flatMap(([path, operations]) =>
      methods.flatMap((method) => {
        const operation = operations[method];
        return operation === undefined ? [] : [{ method, path, operation }];
      }),
    );
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(this.#ajv);
    for (const format of formatsOfTheService) this.#ajv.addFormat(format, true);
    this.#ajv.addSchema({ $id: 'openapi', components: document.components });
  }

  /** The operation that a request goes to, or null where there is none. */
  routeOf(method: string, path: string): Route | null {
    const parts = path.split('?', 1)[0]?.split('/') ?? [];
    return (
      this.routes.find(
        (route) => route.method === method.toLowerCase() && matches(route.path.split('/'), parts),
      ) ?? null
    );
  }

  /** Compiles a schema of the document. Throws where it is no schema. */
  compile(schema: AnySchema): ValidateFunction {
    const known = this.#validators.get(schema);
    if (known !== undefined) return known;
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/');
    const validate = this.#ajv.compile(JSON.parse(text) as AnySchema);
    this.#validators.set(schema, validate);
    return validate;
  }

  /** In what an answer differs from what its route documents; null where it does not. */
  breach({ operation }: Route, { status, headers, text }: HttpAnswer): string | null {
    const response = operation.responses[status];
    if (response === undefined) return `status ${status} is not documented`;
    const type = headers['content-type']?.split(';', 1)[0] ?? '';
    const media = response.content?.[type];
    if (response.content === undefined || text === '') return null;
    if (media === undefined) return `content type "${type}" is not documented for ${status}`;
    if (media.schema === undefined || type === 'application/x-ndjson') return null;
    const validate = this.compile(media.schema);
    return validate(JSON.parse(text)) ? null : `body: ${this.#ajv.errorsText(validate.errors)}`;
  }
}

/** Whether a path is of a template: its literal parts are the same, and no parameter is empty. */
const matches = (template: readonly string[], parts: readonly string[]): boolean =>
  template.length === parts.length &&
  template.every((part, index) =>
    part.startsWith('{') ? (parts[index] ?? '') !== '' : part === parts[index],
  );
