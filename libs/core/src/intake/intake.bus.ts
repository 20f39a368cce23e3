import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { BusReply } from '@loket/contracts/bus.js';
import type { InboundEvent } from '@loket/contracts/inbound.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { MessageChanges } from '../messages/message-changes.service.js';
import { QuarantineService } from '../quarantine/quarantine.service.js';
import { IntakeService } from './intake.service.js';

/** What adapters may ask of intake. */
@Injectable()
export class IntakeBusHandlers implements OnModuleInit {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    private readonly intake: IntakeService,
    private readonly changes: MessageChanges,
    private readonly quarantine: QuarantineService,
  ) {}

  onModuleInit(): void {
    this.bus.handle('inbound.receive', (message) => this.intake.receive(message));
    this.bus.handle('inbound.quarantine', (request) => this.quarantine.add(request));
    this.bus.handle('inbound.event', (event) => this.happened(event));
  }

  private async happened(event: InboundEvent): Promise<BusReply<'inbound.event'>> {
    if (event.type !== 'sent_elsewhere') return this.changes.take(event);
    const result = await this.intake.sentElsewhere(event.message, event.to);
    return { known: (result?.messageId ?? null) !== null, result };
  }
}
