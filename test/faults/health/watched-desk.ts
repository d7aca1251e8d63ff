import { Desk } from '#test/support/desk.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { Controls } from './controls.js';
import { WatchedService } from './watched-service.js';

/** A desk whose service injects faults into itself, and for which the modes of files count. */
export class WatchedDesk extends WatchedService {
  private constructor(
    desk: Desk,
    readonly controls: Controls,
    private readonly folder: string,
  ) {
    super(desk);
  }

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<WatchedDesk> {
    const folder = newFolder();
    const controls = new Controls(folder);
    const desk = await Desk.open(
      { ...controls.environment, LOG_LEVEL: 'info', ...environment },
      { isUnprivileged: true },
    );
    return new WatchedDesk(desk, controls, folder);
  }

  override async close(): Promise<void> {
    await this.desk.close();
    removeFolder(this.folder);
  }
}
