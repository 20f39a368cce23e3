import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { keepCalls, type NewCall } from './webhook-calls.queries.js';

/** What one statement takes at most. */
const callsAtOnce = 200;
const bytesAtOnce = 16_000_000;

interface Waiting {
  call: NewCall;
  kept: () => void;
  failed: (error: unknown) => void;
}

/**
 * Writes calls down. Alone, one goes at once; those that come while one is being written go together as the next, so that
 * a burst costs few commits and one connection.
 */
@Injectable()
export class CallWriter {
  private waiting: Waiting[] = [];
  private writing = false;

  constructor(@InjectEntityManager() private readonly manager: EntityManager) {}

  /** Resolves once the call is durable. */
  keep(call: NewCall): Promise<void> {
    return new Promise((kept, failed) => {
      this.waiting.push({ call, kept, failed });
      if (!this.writing) void this.write();
    });
  }

  /** Never throws. */
  private async write(): Promise<void> {
    this.writing = true;
    for (let group = this.next(); group.length > 0; group = this.next()) {
      try {
        await keepCalls(
          this.manager,
          group.map(({ call }) => call),
        );
        for (const { kept } of group) kept();
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    this.writing = false;
  }

  private next(): Waiting[] {
    let bytes = 0;
    const fits = ({ call }: Waiting, index: number): boolean => {
      bytes += call.bytes.byteLength;
      return index === 0 || (index < callsAtOnce && bytes <= bytesAtOnce);
    };
    const end = this.waiting.findIndex((one, index) => !fits(one, index));
    return this.waiting.splice(0, end === -1 ? this.waiting.length : end);
  }
}
