import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Pictures1795328295929 implements MigrationInterface {
  readonly name = 'Pictures1795328295929';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "agents" ADD "picture" jsonb');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "agents" DROP COLUMN "picture"');
  }
}
