import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** The methods that a path takes; none for an unknown path. */
    methodsAt(url: string): readonly string[];
  }
}

/** Remembers the paths of routes, so that a wrong method can be told from an unknown path. */
export function rememberPaths(fastify: FastifyInstance): void {
  const methodsOf = new Map<string, Set<string>>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const literal = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    const pattern = literal.replace(/:\w+/g, '[^/]+').replaceAll('*', '.*');
    const methods = methodsOf.get(pattern) ?? new Set();
    for (const each of [method].flat()) methods.add(each);
    // Such a route stands for what no other one takes.
    if (url !== '*' && url !== '/*') methodsOf.set(pattern, methods);
  });
  fastify.decorate('methodsAt', (url: string) => {
    const path = decodeURI(url.split('?', 1)[0] ?? '');
    const found = [...methodsOf].filter(([pattern]) => new RegExp(`^${pattern}$`).test(path));
    return [...new Set(found.flatMap(([, methods]) => [...methods]))].sort();
  });
}
