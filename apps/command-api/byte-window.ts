/** Lets work begin while it has few bytes under way. One piece of work of any size always may. */
export class ByteWindow {
  #bytes = 0;
  #wake: (() => void) | null = null;

  constructor(private readonly maxBytes: number) {}

  /** Waits for room. Only one may wait at a time. */
  async take(bytes: number): Promise<void> {
    while (this.#bytes > 0 && this.#bytes + bytes > this.maxBytes)
      await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#bytes += bytes;
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
    this.#wake?.();
    this.#wake = null;
  }
}
