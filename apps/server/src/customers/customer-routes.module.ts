import { Module } from '@nestjs/common';
import { CasesModule } from '@loket/core/cases/cases.module.js';
import { CustomersModule } from '@loket/core/customers/customers.module.js';
import { OperationsModule } from '@loket/core/operations/operations.module.js';
import { CustomersController } from './customers.controller.js';

@Module({ imports: [CasesModule, CustomersModule, OperationsModule], controllers: [CustomersController] })
export class CustomerRoutesModule {}
