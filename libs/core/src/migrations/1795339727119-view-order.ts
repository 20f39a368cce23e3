import type { MigrationInterface, QueryRunner } from 'typeorm';
export class ViewOrder1795339727119 implements MigrationInterface {
  readonly name = 'ViewOrder1795339727119';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "saved_views" ADD "position" integer NOT NULL DEFAULT \'0\'');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "saved_views" DROP COLUMN "position"');
  }
}
