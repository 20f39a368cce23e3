import { SetMetadata } from '@nestjs/common';

export const NOT_REPEATABLE = 'loket:not-repeatable';

/** The route takes no Idempotency-Key. @param reason for the reader of the code */
export const NotRepeatable = (reason: string) => SetMetadata(NOT_REPEATABLE, reason);
