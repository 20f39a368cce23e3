import type { MigrationInterface, QueryRunner } from 'typeorm';
export class VisitorDelivery1795329483780 implements MigrationInterface {
  readonly name = 'VisitorDelivery1795329483780';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "visitors" ADD "delivered_at" TIMESTAMP WITH TIME ZONE');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "visitors" DROP COLUMN "delivered_at"');
  }
}
