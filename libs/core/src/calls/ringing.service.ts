import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { BusRequest } from '@loket/contracts/bus.js';
import type { Ringing } from '@loket/contracts/call-views.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { EventLog } from '../events/event-log.js';
import { Callers, regionOf } from './callers.service.js';
import { RingingCall } from './ringing-call.entity.js';

/** After this time nobody needs to be told any more that it rang. */
const staleMs = 60_000;

/**
 * Telephones that ring. Told once, by a sign in the event log that every process reads (ADR 8), so that all consoles hear
 * of it whichever process they hang on; what the sign stands for is read by whoever shows it.
 */
@Injectable()
export class RingingCalls implements OnModuleInit {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly directory: ChannelDirectory,
    private readonly callers: Callers,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bus.handle('calls.ringing', (told) => this.take(told));
  }

  private async take({ channelId, call }: BusRequest<'calls.ringing'>): Promise<Record<string, never>> {
    const now = this.clock.now();
    // What waited for a process to start is news no more.
    if (now.getTime() - Date.parse(call.at) > staleMs) return {};
    if (!(await this.directory.isEnabled(channelId))) return {};
    const id = newId();
    await this.manager.transaction(async (tx) => {
      await tx.insert(RingingCall, { id, channelId, call, createdAt: now });
      const about = { caseId: null, version: null, actorId: null };
      await this.events.append(tx, [{ type: 'call.ringing', ...about, data: { ringingId: id } }], now);
    });
    this.events.committed();
    return {};
  }

  /** What consoles show of it. @returns null when it is gone, or is a call of ours that no screen waits for */
  async card(ringingId: string): Promise<Ringing | null> {
    const row = await this.manager.findOneBy(RingingCall, { id: ringingId });
    if (!row) return null;
    const { call, channelId } = row;
    const { name, config } = await this.directory.ref(channelId);
    const agentRef = call.agent === null ? null : await this.agentCalled(call.agent);
    if (call.direction === 'outbound' && agentRef === null) return null;
    const caller = call.number === null ? null : await this.callers.at(call.number, regionOf(config));
    return { ...call, channelId, channelName: name, caller, agentRef };
  }

  /** One of ours by his e-mail address, or by a name that only he has. */
  private async agentCalled(told: string): Promise<Ringing['agentRef']> {
    const rows: { id: string; name: string }[] = await this.manager.query(
      `SELECT id, name FROM agents WHERE disabled_at IS NULL AND (lower(email) = lower($1) OR lower(name) = lower($1)) LIMIT 2`,
      [told.trim()],
    );
    const [agent] = rows;
    return rows.length === 1 && agent ? agent : null;
  }
}
