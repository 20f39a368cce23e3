import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The view of those to be called back, longest waiting first. What TypeORM cannot say: a part of the table. */
export class Callbacks1795331100000 implements MigrationInterface {
  readonly name = 'Callbacks1795331100000';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE INDEX cases_callback ON cases (status, callback_since, id) WHERE callback_since IS NOT NULL',
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX cases_callback');
  }
}
