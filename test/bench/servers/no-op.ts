import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Body, Controller, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { serve } from './serve.js';

/**
 * The baseline of commands: the same request on plain Nest and Fastify, without
 * guard, validation or logic. The body is parsed, and a small object is the answer.
 */
@Controller('api/v1/tickets/:ticketId')
class NoOpController {
  @Post('notes')
  @HttpCode(200)
  note(@Body() body: object): object {
    return { accepted: typeof body === 'object' };
  }
}

@Module({ controllers: [NoOpController] })
class NoOpModule {}

await serve(async () => {
  const app = await NestFactory.create<NestFastifyApplication>(NoOpModule, new FastifyAdapter(), {
    logger: false,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { port, stop: () => app.close() };
});
