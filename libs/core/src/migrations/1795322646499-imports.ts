import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Imports1795322646499 implements MigrationInterface {
  readonly name = 'Imports1795322646499';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "call_imports" ("id" uuid NOT NULL, "channel_id" uuid NOT NULL, "agent_id" uuid NOT NULL, "name" text NOT NULL, "sha256" text NOT NULL, "media_type" text NOT NULL, "size" integer NOT NULL, "state" text NOT NULL DEFAULT \'ready\', "reason" text, "settings" jsonb, "progress" jsonb NOT NULL, "touched_at" TIMESTAMP WITH TIME ZONE NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "finished_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "call_imports_state" CHECK (state IN (\'ready\', \'running\', \'done\', \'failed\')), CONSTRAINT "PK_a888c9bd0813b3d6981a4cc6dda" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE INDEX "call_imports_channel" ON "call_imports"  ("channel_id", "created_at") ',
    );
    await queryRunner.query(
      'CREATE TABLE "call_import_problems" ("id" uuid NOT NULL, "import_id" uuid NOT NULL, "line" integer NOT NULL, "place" text NOT NULL, "problem" jsonb NOT NULL, CONSTRAINT "call_import_problems_same" UNIQUE ("import_id", "line", "place"), CONSTRAINT "PK_09a1ad0e29bdfcbfa9e1238cfe9" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'ALTER TABLE "call_imports" ADD CONSTRAINT "FK_2d4e6cc6d2a6d896a971eef468a" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "call_imports" ADD CONSTRAINT "FK_79616d715e54148826e686dd4e0" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "call_import_problems" ADD CONSTRAINT "FK_ac567ce8db890e701613a5037c9" FOREIGN KEY ("import_id") REFERENCES "call_imports"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE "call_import_problems" DROP CONSTRAINT "FK_ac567ce8db890e701613a5037c9"',
    );
    await queryRunner.query('ALTER TABLE "call_imports" DROP CONSTRAINT "FK_79616d715e54148826e686dd4e0"');
    await queryRunner.query('ALTER TABLE "call_imports" DROP CONSTRAINT "FK_2d4e6cc6d2a6d896a971eef468a"');
    await queryRunner.query('DROP TABLE "call_import_problems"');
    await queryRunner.query('DROP INDEX "public"."call_imports_channel"');
    await queryRunner.query('DROP TABLE "call_imports"');
  }
}
