import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { Caller } from '@loket/contracts/call-views.js';
import { normaliseAddress } from '../customers/normalise-address.js';
import { callerAt, callersTyped } from './callers.queries.js';
import { typedNumber } from './typed-number.js';

/** Who may be calling. For agents only: caller id is a claim, and a person decides what to make of it. */
@Injectable()
export class Callers {
  constructor(@InjectEntityManager() private readonly manager: EntityManager) {}

  /** @param text as far as it is typed */
  async lookUp(text: string, region = 'ID'): Promise<Caller[]> {
    const typed = typedNumber(text, region);
    if (!typed) return [];
    return callersTyped(this.manager, typed, normaliseAddress('phone', text, region).value);
  }

  /** @param number as the line tells it */
  async at(number: string, region = 'ID'): Promise<Caller | null> {
    return callerAt(this.manager, normaliseAddress('phone', number, region).value);
  }
}
