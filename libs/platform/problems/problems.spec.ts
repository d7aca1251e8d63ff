import {
  BadRequestException,
  HttpException,
  NotFoundException,
  type ArgumentsHost,
} from '@nestjs/common';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { StoreUnavailable } from '#event-store/event-store.js';
import { ViewStoreUnavailable } from '#view-stores/view-store.js';
import { invalidField, Problem, problemStatuses, type ProblemCode } from './problem.js';
import { ProblemFilter } from './problem-filter.js';
import { ProblemReporter } from './problem-reporter.js';
import { toProblem } from './to-problem.js';

const codes = Object.keys(problemStatuses) as ProblemCode[];

describe('a problem', () => {
  // http-api.md promises these.
  it.each<[ProblemCode, number]>([
    ['invalid_request', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['method_not_allowed', 405],
    ['request_timeout', 408],
    ['illegal_transition', 409],
    ['already_handled', 409],
    ['ticket_closed', 409],
    ['ticket_full', 409],
    ['revision_mismatch', 412],
    ['payload_too_large', 413],
    ['unsupported_media_type', 415],
    ['idempotency_key_reused', 422],
    ['unknown_service', 422],
    ['inactive_service', 422],
    ['unknown_engineer', 422],
    ['agreement_required', 422],
    ['sensitive_content', 422],
    ['too_many_requests', 429],
    ['headers_too_large', 431],
    ['unavailable', 503],
  ])('with the code %s has the status %i', (code, status) => {
    expect(new Problem(code, 'Why.').details()).toMatchObject({ code, status });
  });

  it('has the members of RFC 9457', () => {
    const problem = new Problem('illegal_transition', 'It is closed.', {
      state: 'closed',
      allowed: ['evaluate'],
    });
    expect(problem.details('/api/v1/tickets/7/close')).toStrictEqual({
      type: 'urn:service-tickets:problem:illegal_transition',
      title: 'Invalid state transition',
      status: 409,
      detail: 'It is closed.',
      instance: '/api/v1/tickets/7/close',
      code: 'illegal_transition',
      state: 'closed',
      allowed: ['evaluate'],
    });
    expect(problem.details()).not.toHaveProperty('instance');
  });

  // style.md names these.
  it.each<[ProblemCode, string]>([
    ['unauthenticated', 'Authentication required'],
    ['forbidden', 'Forbidden'],
    ['not_found', 'Not found'],
    ['request_timeout', 'Request timeout'],
    ['illegal_transition', 'Invalid state transition'],
    ['revision_mismatch', 'Precondition failed'],
  ])('with the code %s has the title "%s"', (code, title) => {
    expect(new Problem(code, 'Why.').details().title).toBe(title);
  });

  it('has a different title for every code', () => {
    const titles = codes.map((code) => new Problem(code, '').details().title);
    expect(new Set(titles).size).toBe(codes.length);
    for (const title of titles) expect(title).toMatch(/^[A-Z]/);
  });

  it('with one invalid field names the field', () => {
    const problem = invalidField('/a~1b', 'It is wrong.');
    expect(problem.details()).toMatchObject({
      code: 'invalid_request',
      detail: 'It is wrong.',
      errors: [{ pointer: '/a~1b', message: 'It is wrong.' }],
    });
  });
});

const fastifyError = (code: string, statusCode: number) =>
  Object.assign(new Error('A message of Fastify.'), { code, statusCode });

describe('toProblem', () => {
  it.each<[string, unknown, ProblemCode, RegExp]>([
    ['a problem', new Problem('forbidden', 'No.'), 'forbidden', /^No\.$/],
    [
      'an unavailable log',
      new StoreUnavailable('EIO at /var/lib/events.db'),
      'unavailable',
      /retry it with the same Idempotency-Key/,
    ],
    [
      'unavailable read models',
      new ViewStoreUnavailable('They are being built.'),
      'unavailable',
      /^They are being built\.$/,
    ],
    [
      'a body above the limit',
      fastifyError('FST_ERR_CTP_BODY_TOO_LARGE', 413),
      'payload_too_large',
      /larger/,
    ],
    [
      'an unsupported media type',
      fastifyError('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415),
      'unsupported_media_type',
      /application\/json/,
    ],
    [
      'a wrong Content-Length',
      fastifyError('FST_ERR_CTP_INVALID_CONTENT_LENGTH', 400),
      'invalid_request',
      /Content-Length/,
    ],
    ['another 413 of Fastify', fastifyError('OTHER', 413), 'payload_too_large', /./],
    ['an unknown path', new NotFoundException('Cannot GET /x'), 'not_found', /Cannot GET/],
    ['a bad request', new BadRequestException('What is this?'), 'invalid_request', /What is this/],
    ['a bad request of Fastify', fastifyError('OTHER', 400), 'invalid_request', /./],
  ])('turns %s into a problem', (_, error, code, detail) => {
    const problem = toProblem(error);
    expect(problem?.code).toBe(code);
    expect(problem?.detail).toMatch(detail);
  });

  it.each<[string, unknown]>([
    ['an error', new TypeError('x is not a function')],
    ['an error with a code', Object.assign(new Error(), { code: 'ENOENT' })],
    ['an internal error of Nest', new HttpException('Oh.', 500)],
    ['an internal error of Fastify', fastifyError('OTHER', 500)],
    ['a text', 'Oh.'],
    ['null', null],
    ['nothing', undefined],
  ])('returns null for %s', (_, error) => {
    expect(toProblem(error)).toBeNull();
  });
});

describe('ProblemFilter', () => {
  let logged: { level: number; msg: string; err?: { message: string } }[];
  let filter: ProblemFilter;
  beforeEach(() => {
    logged = [];
    const lines = { write: (line: string) => logged.push(JSON.parse(line) as (typeof logged)[0]) };
    filter = new ProblemFilter(new ProblemReporter(pino({ level: 'debug' }, lines)));
  });

  /** Records what the filter sends. */
  function answerTo(error: unknown, url = '/api/v1/tickets/7?token=secret') {
    const sent = { status: 0, headers: {} as Record<string, string>, body: '' };
    const reply = {
      status: (status: number) => Object.assign(reply, void (sent.status = status)),
      header: (name: string, value: string) =>
        Object.assign(reply, void (sent.headers[name] = value)),
      send: (body: string) => Object.assign(reply, void (sent.body = body)),
    };
    const host = {
      switchToHttp: () => ({ getRequest: () => ({ url, headers: {} }), getResponse: () => reply }),
    };
    filter.catch(error, host as unknown as ArgumentsHost);
    return { ...sent, body: JSON.parse(sent.body) as Record<string, unknown> };
  }

  it('answers with problem details, with the path but not the query', () => {
    const { status, headers, body } = answerTo(new Problem('not_found', 'There is none.'));
    expect(status).toBe(404);
    expect(headers).toStrictEqual({ 'content-type': 'application/problem+json; charset=utf-8' });
    expect(body).toMatchObject({
      code: 'not_found',
      status: 404,
      instance: '/api/v1/tickets/7',
      detail: 'There is none.',
    });
    expect(logged).toStrictEqual([]);
  });

  it.each<[ProblemCode, string, string]>([
    ['unavailable', 'retry-after', '1'],
    ['too_many_requests', 'retry-after', '1'],
    ['unauthenticated', 'www-authenticate', 'Bearer'],
  ])('answers %s with the header %s', (code, header, value) => {
    expect(answerTo(new Problem(code, 'Why.')).headers[header]).toBe(value);
  });

  it('hides an unexpected error from the caller and logs it', () => {
    const error = new Error("SQLITE_ERROR: no such table 'events' in /var/lib/events.db");
    const { status, body } = answerTo(error);
    expect(status).toBe(500);
    expect(body['code']).toBe('internal_error');
    expect(JSON.stringify(body)).not.toMatch(/SQLITE|events|\/var|stack/);
    expect(logged).toMatchObject([{ level: 50, err: { message: error.message } }]);
  });

  it('logs what a caller repeats once, and without a stack if it is no failure', () => {
    for (let n = 0; n < 1_000; n++) {
      answerTo(new Problem('unavailable', `Position ${n} has not been reached yet.`));
      answerTo(new StoreUnavailable(`EIO ${n}`));
      answerTo(new TypeError(`failed at ${n}`));
      answerTo(new Problem('unauthenticated', 'Why.'));
      answerTo(invalidField('/a', 'Why.'));
    }
    expect(logged).toMatchObject([{ level: 40 }, { level: 40 }, { level: 50 }]);
    expect(logged[0]).not.toHaveProperty('err');
    expect(JSON.stringify(logged[0]).length).toBeLessThan(250);
  });

  it('logs no client that leaves before the end of its answer', () => {
    const left = Object.assign(new Error('Premature close'), {
      code: 'ERR_STREAM_PREMATURE_CLOSE',
    });
    expect(answerTo(left).status).toBe(400);
    expect(logged).toEqual([]);
  });

  it('hides why a store is unavailable from the caller and logs it', () => {
    const { status, body } = answerTo(new StoreUnavailable('EIO at /var/lib/events.db'));
    expect(status).toBe(503);
    expect(JSON.stringify(body)).not.toMatch(/EIO|\/var/);
    expect(logged).toMatchObject([{ level: 40, err: { message: 'EIO at /var/lib/events.db' } }]);
  });
});
