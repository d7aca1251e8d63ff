import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

/**
 * What pages of the service may load: only its own files. Swagger UI, which is the page of the
 * documentation, sets styles from its script and has images in its styles.
 */
const setHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      'font-src': ["'self'"],
      'connect-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
});

type Headers = Readonly<Record<string, string>>;

/** The same for every answer: making them for each took a twentieth of a command's CPU. */
const securityHeaders: Headers = headersBy(setHeaders);

/** Answers of the API are about tickets and people: no cache may keep them. */
export const privateHeaders: Headers = { ...securityHeaders, 'cache-control': 'no-store' };

/** Sets the security headers of every answer, and forbids caches to keep those of the API. */
export function secureAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ url }, reply, done) => {
    void reply.headers(url.startsWith('/api/v1') ? privateHeaders : securityHeaders);
    done();
  });
}

/** The headers that a middleware sets. */
function headersBy(middleware: typeof setHeaders): Headers {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  middleware(request, response, () => undefined);
  const headers = Object.entries(response.getHeaders());
  return Object.fromEntries(headers.map(([name, value]) => [name, String(value)]));
}
