import { z } from 'zod';
import { agentRefSchema } from './access.js';
import { caseSummarySchema } from './cases.js';
import { idSchema, instantSchema } from './primitives.js';
import { agentWorkSchema, teamRefSchema } from './teams.js';

/** Cases of one person on the board; the rest is counted by his `load`. */
export const mostCardsOnBoard = 12;

/** One team's queue as it is now. */
export const boardQueueSchema = z
  .strictObject({
    /** null: cases of no team */
    team: teamRefSchema.nullable(),
    /** nobody has them */
    waiting: z.number().int(),
    /** since when the one waits that waits longest for somebody */
    oldest: instantSchema.nullable(),
    /** opened in the last hour, done by now or not */
    arrived: z.number().int(),
    /** the same in steps of five minutes, oldest first: twelve numbers */
    arrivals: z.array(z.number().int()),
    /** open cases that somebody has */
    inHand: z.number().int(),
    /** who is there, and may be given more */
    online: z.number().int(),
    /** the next ones, the most urgent and longest waiting first */
    next: z.array(caseSummarySchema),
  })
  .meta({ id: 'BoardQueue' });
export type BoardQueue = z.infer<typeof boardQueueSchema>;

/** GET /board: every person and every queue. Live events say when to look again. */
export const boardSchema = z
  .strictObject({
    at: instantSchema,
    agents: z.array(agentWorkSchema.extend({ cases: z.array(caseSummarySchema) })),
    queues: z.array(boardQueueSchema),
  })
  .meta({ id: 'Board' });
export type Board = z.infer<typeof boardSchema>;

/** POST /teams/{id}/rebalance: nothing is done; the moves go to POST /cases/moves when somebody wants them. */
export const rebalanceSchema = z
  .strictObject({
    moves: z.array(
      z.strictObject({ case: caseSummarySchema, from: agentRefSchema, to: agentRefSchema, caseId: idSchema }),
    ),
  })
  .meta({ id: 'Rebalance' });
export type Rebalance = z.infer<typeof rebalanceSchema>;
