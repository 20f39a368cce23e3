import { Module } from '@nestjs/common';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { CustomersModule } from '@loket/core/customers/customers.module.js';
import { CustomersController } from './customers.controller.js';

@Module({ imports: [CasesModule, CustomersModule], controllers: [CustomersController] })
export class CustomerRoutesModule {}
