import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came in lately is counted for the board again and again. */
export class Board1795339468205 implements MigrationInterface {
  readonly name = 'Board1795339468205';

  async up(run: QueryRunner): Promise<void> {
    await run.query('CREATE INDEX "cases_created" ON "cases" ("created_at")');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('DROP INDEX "cases_created"');
  }
}
