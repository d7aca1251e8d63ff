import { settings, yaml } from './files.js';

/** The checked members of a service in a compose file. */
export interface Service {
  readonly image: string;
  readonly build?: { readonly target?: string };
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly privileged?: boolean;
  readonly security_opt?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly mem_limit?: string;
  readonly restart?: string;
  readonly stop_grace_period?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly volumes?: readonly string[];
  readonly healthcheck?: object;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
}

export const composeFile = (path: string): ComposeFile => yaml(path) as ComposeFile;

/** Replaces docker/.env, as in `npm run check:deployment`. */
const values = settings('docker/check/settings.env');

const VARIABLE = /\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g;

/** A text with its variables resolved like compose does, if all required ones are set. */
export const resolved = (text: string): string =>
  text.replaceAll(
    VARIABLE,
    (_, name: string, kind?: string, otherwise?: string) =>
      values[name] ?? (kind === '-' ? (otherwise ?? '') : ''),
  );

/** The required variables in a text: `${NAME:?message}`. */
export const required = (text: string): readonly string[] =>
  [...text.matchAll(VARIABLE)].flatMap(([, name = '', kind]) => (kind === '?' ? [name] : []));

/** The environment of a service with its variables resolved. */
export const environmentOf = ({ environment = {} }: Service): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, resolved(value)] as const),
  );
