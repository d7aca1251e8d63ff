import { existsSync, readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';

const root = new URL('../../../', import.meta.url);

/** The text of a file of the project, by its path from the root. */
export const text = (path: string): string => readFileSync(new URL(path, root), 'utf8');

export const exists = (path: string): boolean => existsSync(new URL(path, root));

/** A YAML document, with `<<` resolved. */
export const yaml = (path: string): unknown => parse(text(path), { merge: true });

/** All the documents of a YAML file. */
export const yamls = (path: string): readonly unknown[] =>
  parseAllDocuments(text(path)).map((document) => document.toJS() as unknown);

export const { version, scripts } = JSON.parse(text('package.json')) as {
  version: string;
  scripts: Readonly<Record<string, string>>;
};

/** The settings that an env file sets. */
export function settings(path: string): Readonly<Record<string, string>> {
  const lines = text(path).split('\n');
  return Object.fromEntries(
    lines
      .filter((line) => /^[A-Z]/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
