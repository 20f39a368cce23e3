import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A visitor is found by the value of his identity, which is text as all others are. */
export class VisitorText1795352641828 implements MigrationInterface {
  readonly name = 'VisitorText1795352641828';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX visitors_id_text ON visitors ((id::text))');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX visitors_id_text');
  }
}
