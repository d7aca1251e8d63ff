import { Desk } from '#test/support/desk.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { creation } from '#test/support/tickets.js';
import type { ServiceProcess } from '#test/support/service-process.js';
import { Controls } from './controls.js';
import type { Watched } from './watched.js';

/** A desk whose service injects faults into itself, and for which the modes of files count. */
export class WatchedDesk implements Watched {
  private constructor(
    readonly desk: Desk,
    readonly controls: Controls,
    private readonly folder: string,
  ) {}

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<WatchedDesk> {
    const folder = newFolder();
    const controls = new Controls(folder);
    const desk = await Desk.open(
      { ...controls.environment, LOG_LEVEL: 'info', ...environment },
      { isUnprivileged: true },
    );
    return new WatchedDesk(desk, controls, folder);
  }

  get service(): ServiceProcess {
    return this.desk.service;
  }

  async give(): Promise<number> {
    return (await this.desk.as('alice').post('/tickets', creation())).status;
  }

  async ask(): Promise<number> {
    return (await this.desk.as('lena').get('/tickets')).status;
  }

  async close(): Promise<void> {
    await this.desk.close();
    removeFolder(this.folder);
  }
}
