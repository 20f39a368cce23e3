import { quietMoment } from '../../events/quiet-moment.js';

/** milliseconds of computing after which others get their turn */
const longestBreath = 4;

/** Lets messages, requests and sockets through within long computations. One for each piece of work. */
export class Breather {
  private since = performance.now();

  async breathe(): Promise<void> {
    if (performance.now() - this.since < longestBreath) return;
    await quietMoment();
    this.since = performance.now();
  }
}
