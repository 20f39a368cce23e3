import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { QuarantineService } from '../quarantine/quarantine.service.js';
import { IntakeService } from './intake.service.js';

/** What adapters may ask of intake. */
@Injectable()
export class IntakeBusHandlers implements OnModuleInit {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    private readonly intake: IntakeService,
    private readonly quarantine: QuarantineService,
  ) {}

  onModuleInit(): void {
    this.bus.handle('inbound.receive', (message) => this.intake.receive(message));
    this.bus.handle('inbound.quarantine', (request) => this.quarantine.add(request));
  }
}
