import type { MigrationInterface, QueryRunner } from 'typeorm';
export class HeldReplies1795339803371 implements MigrationInterface {
  readonly name = 'HeldReplies1795339803371';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "held_replies" ("id" uuid NOT NULL, "case_id" uuid NOT NULL, "agent_id" uuid NOT NULL, "body" jsonb NOT NULL, "state" text NOT NULL, "reason" text, "send_at" TIMESTAMP WITH TIME ZONE NOT NULL, "on_news" text NOT NULL, "seen_until" TIMESTAMP WITH TIME ZONE NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "held_replies_state" CHECK (state IN (\'held\', \'scheduled\', \'kept_back\')), CONSTRAINT "PK_caade4c379cfa56985c8bac5fd7" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "held_replies_case" ON "held_replies"  ("case_id") ');
    // What was kept back waits for a person, and is never looked through.
    await queryRunner.query(
      "CREATE INDEX held_replies_due ON held_replies (send_at) WHERE state <> 'kept_back'",
    );
    await queryRunner.query(
      'ALTER TABLE "held_replies" ADD CONSTRAINT "FK_f18ad29e6dc2cc9c2094528e921" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "held_replies" ADD CONSTRAINT "FK_24ea0b1d6850f8951a7f60d6ced" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "held_replies" DROP CONSTRAINT "FK_24ea0b1d6850f8951a7f60d6ced"');
    await queryRunner.query('ALTER TABLE "held_replies" DROP CONSTRAINT "FK_f18ad29e6dc2cc9c2094528e921"');
    await queryRunner.query('DROP INDEX held_replies_due');
    await queryRunner.query('DROP INDEX "public"."held_replies_case"');
    await queryRunner.query('DROP TABLE "held_replies"');
  }
}
