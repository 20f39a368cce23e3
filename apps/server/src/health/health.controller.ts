import { Controller, Get } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { asAvailability } from '@loket/platform/database/errors.js';
import { Public } from '../access/access.decorator.js';
import { Operation } from '../http/operation.decorator.js';

const healthSchema = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });

@Controller()
export class HealthController {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  @Get('healthz')
  @Public()
  @Operation({ summary: 'Is the process alive', answer: healthSchema })
  alive(): z.infer<typeof healthSchema> {
    return { status: 'ok' };
  }

  /** Migrations have run before the server listens, so an answering database is all there is to ask for. */
  @Get('readyz')
  @Public()
  @Operation({ summary: 'Can the process serve requests', answer: healthSchema })
  async ready(): Promise<z.infer<typeof healthSchema>> {
    try {
      await this.database.query('SELECT 1');
    } catch (error) {
      throw asAvailability(error);
    }
    return { status: 'ok' };
  }
}
