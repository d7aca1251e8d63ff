import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What runs in the service. The command line ends with its task. */
const SERVICE = [
  'apps/command-api',
  'apps/query-api',
  'apps/standalone',
  'apps/worker',
  'libs',
] as const;
const NOT_SHIPPED = /(^|\/)(testing|contract)\/|\.(spec|contract)\.ts$/;

const COLLECTION = /^(Map|Set|WeakMap|WeakSet|LRUCache)$/;
/** The entries of these are limited by their kind. */
const BOUNDED = /^(WeakMap|WeakSet|LRUCache)$/;
const GROWS = /^(set|add|push|unshift|splice)$/;

/**
 * The collections of the service that outlive a call and grow, such as
 * `libs/consuming/consumer-runtime.ts active`: fields, variables of modules, and variables that an
 * inner function changes. Caches with a limit and weak maps are left out.
 */
export function growingCollections(): string[] {
  return SERVICE.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file))
      .filter((file) => !NOT_SHIPPED.test(file)),
  )
    .flatMap((file) => collectionsOf(readFileSync(join(root, file), 'utf8'), relative('.', file)))
    .sort();
}

/** The growing collections of one file, by `file name`. */
export function collectionsOf(text: string, file: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isDeclaration(node) && isCollection(node) && outlivesCall(node, source)) {
      found.push(`${file} ${nameOf(node)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

type Declaration = ts.PropertyDeclaration | ts.VariableDeclaration;
const isDeclaration = (node: ts.Node): node is Declaration =>
  ts.isPropertyDeclaration(node) || ts.isVariableDeclaration(node);

const nameOf = ({ name }: Declaration): string => name.getText().replace('#', '');

function isCollection({ initializer, type }: Declaration): boolean {
  const made =
    initializer && (ts.isAsExpression(initializer) ? initializer.expression : initializer);
  if (made !== undefined && ts.isNewExpression(made)) {
    const kind = made.expression.getText();
    return COLLECTION.test(kind) && !BOUNDED.test(kind);
  }
  if (made !== undefined && ts.isArrayLiteralExpression(made)) return true;
  return type !== undefined && (ts.isArrayTypeNode(type) || /^(Map|Set)</.test(type.getText()));
}

/** Whether it changes where it outlives a call: in a field, a module, or an inner function. */
function outlivesCall(declaration: Declaration, source: ts.SourceFile): boolean {
  const changes = changesOf(nameOf(declaration), source);
  if (ts.isPropertyDeclaration(declaration)) return changes.length > 0;
  const own = functionAround(declaration);
  return changes.some(
    (change) => isWithin(change, own) && (own === null || functionAround(change) !== own),
  );
}

/** Calls that add to a collection of this name, and assignments of a new one. */
function changesOf(name: string, source: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = [];
  const isNamed = (node: ts.Node): boolean =>
    ts.isPropertyAccessExpression(node)
      ? node.name.text.replace('#', '') === name
      : ts.isIdentifier(node) && node.text === name;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name: method } = node.expression;
      if (GROWS.test(method.text) && isNamed(expression)) found.push(node);
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      if (isNamed(node.left)) found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function functionAround(node: ts.Node): ts.Node | null {
  const found = ts.findAncestor(node.parent, (one) => ts.isFunctionLike(one));
  return found ?? null;
}

const isWithin = (node: ts.Node, outer: ts.Node | null): boolean =>
  outer === null || ts.findAncestor(node, (one) => one === outer) !== undefined;
