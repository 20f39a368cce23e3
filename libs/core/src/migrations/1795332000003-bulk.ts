import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Bulk1795332000003 implements MigrationInterface {
  readonly name = 'Bulk1795332000003';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "bulk_changes" ("id" uuid NOT NULL, "actor_id" uuid NOT NULL, "reason" text, "cases" jsonb NOT NULL, "undone_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_784ef72825bdd1769ab3897e6df" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'ALTER TABLE "bulk_changes" ADD CONSTRAINT "FK_f1d7001e81bb37ad7ddd09d0388" FOREIGN KEY ("actor_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "bulk_changes" DROP CONSTRAINT "FK_f1d7001e81bb37ad7ddd09d0388"');
    await queryRunner.query('DROP TABLE "bulk_changes"');
  }
}
