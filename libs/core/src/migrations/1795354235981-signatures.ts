import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Signatures1795354235981 implements MigrationInterface {
  readonly name = 'Signatures1795354235981';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "agents" ADD "title" text');
    await queryRunner.query('ALTER TABLE "agents" ADD "phone" text');
    await queryRunner.query('ALTER TABLE "messages" ADD "signature" jsonb');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "messages" DROP COLUMN "signature"');
    await queryRunner.query('ALTER TABLE "agents" DROP COLUMN "phone"');
    await queryRunner.query('ALTER TABLE "agents" DROP COLUMN "title"');
  }
}
