import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Drafts1795332000002 implements MigrationInterface {
  readonly name = 'Drafts1795332000002';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "drafts" ("agent_id" uuid NOT NULL, "case_id" uuid NOT NULL, "slot" text NOT NULL, "body" jsonb NOT NULL, "saved_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_d2c10fcf6b3f2858fba3dc630e6" PRIMARY KEY ("agent_id", "case_id", "slot"))',
    );
    await queryRunner.query('CREATE INDEX "drafts_case" ON "drafts"  ("case_id") ');
    await queryRunner.query('ALTER TABLE "notes" ADD "draft" boolean NOT NULL DEFAULT false');
    await queryRunner.query(
      'ALTER TABLE "drafts" ADD CONSTRAINT "FK_b5a6cba53b876a6f35e9a1a4d69" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "drafts" ADD CONSTRAINT "FK_368e56a12f5ecca2ab19fe40f1f" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "drafts" DROP CONSTRAINT "FK_368e56a12f5ecca2ab19fe40f1f"');
    await queryRunner.query('ALTER TABLE "drafts" DROP CONSTRAINT "FK_b5a6cba53b876a6f35e9a1a4d69"');
    await queryRunner.query('ALTER TABLE "notes" DROP COLUMN "draft"');
    await queryRunner.query('DROP INDEX "public"."drafts_case"');
    await queryRunner.query('DROP TABLE "drafts"');
  }
}
