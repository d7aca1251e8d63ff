import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** The methods that a path takes; none for an unknown path. */
    methodsAt(url: string): readonly string[];
  }
}

/** Remembers the paths of routes: a wrong method has another answer than an unknown path. */
export function rememberPaths(fastify: FastifyInstance): void {
  const methodsOf = new Map<string, { readonly path: RegExp; readonly methods: Set<string> }>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const literal = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    const pattern = literal.replace(/:\w+/g, '[^/]+').replaceAll('*', '.*');
    const known = methodsOf.get(pattern) ?? {
      path: new RegExp(`^${pattern}$`),
      methods: new Set(),
    };
    for (const each of [method].flat()) known.methods.add(each);
    // Such a route stands for what no other one takes.
    if (url !== '*' && url !== '/*') methodsOf.set(pattern, known);
  });
  fastify.decorate('methodsAt', (url: string) => {
    const path = decodeURI(url.split('?', 1)[0] ?? '');
    const found = [...methodsOf.values()].filter((known) => known.path.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  });
}
