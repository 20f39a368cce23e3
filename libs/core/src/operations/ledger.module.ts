import { Module } from '@nestjs/common';
import { Ledger } from './ledger.js';

/** The book alone, for features that write into it; what people do with operations is in OperationsModule. */
@Module({ providers: [Ledger], exports: [Ledger] })
export class LedgerModule {}
