import type { Desk } from '#test/support/desk.js';
import type { ServiceProcess } from '#test/support/service-process.js';
import { creation } from '#test/support/tickets.js';
import type { Watched } from './watched.js';

/** The service of a desk, asked as its callers ask it while a fault lasts. */
export abstract class WatchedService implements Watched {
  protected constructor(readonly desk: Desk) {}

  get service(): ServiceProcess {
    return this.desk.service;
  }

  async give(): Promise<number> {
    return (await this.desk.as('alice').post('/tickets', creation())).status;
  }

  async ask(): Promise<number> {
    return (await this.desk.as('lena').get('/tickets')).status;
  }

  abstract close(): Promise<void>;
}
