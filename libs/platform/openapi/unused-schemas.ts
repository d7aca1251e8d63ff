import type { OpenAPIObject } from '@nestjs/swagger';

/** Removes unreferenced schemas, such as those of queries, which become parameters. */
export function removeUnusedSchemas(document: OpenAPIObject): void {
  const { schemas = {}, ...others } = document.components ?? {};
  const used = new Set<string>();
  const visit = (value: unknown) => {
    const references = JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    for (const [, name = ''] of references) {
      if (used.has(name)) continue;
      used.add(name);
      visit(schemas[name] ?? null);
    }
  };
  visit([document.paths, others]);
  document.components = {
    ...others,
    schemas: Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name))),
  };
}
