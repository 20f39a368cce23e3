import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { EventsModule } from '../events/events.module.js';
import { CaseOperations } from './case-operations.service.js';
import { CustomerOperations } from './customer-operations.service.js';
import { IdentityOperations } from './identity-operations.service.js';
import { LedgerModule } from './ledger.module.js';
import { OperationsService } from './operations.service.js';
import { UndoService } from './undo.service.js';

/** Merging, splitting and linking, and taking it back. */
@Module({
  imports: [CasesModule, CustomersModule, EventsModule, LedgerModule],
  providers: [CaseOperations, CustomerOperations, IdentityOperations, OperationsService, UndoService],
  exports: [CaseOperations, CustomerOperations, IdentityOperations, OperationsService, UndoService],
})
export class OperationsModule {}
