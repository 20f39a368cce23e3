import type { MigrationInterface, QueryRunner } from 'typeorm';
export class SecondFactor1795339828223 implements MigrationInterface {
  readonly name = 'SecondFactor1795339828223';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "recovery_codes" ("id" uuid NOT NULL, "agent_id" uuid NOT NULL, "code_hash" text NOT NULL, "used_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_0723b9e53961e799027d7f7ba32" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "recovery_codes_agent_id" ON "recovery_codes"  ("agent_id") ');
    await queryRunner.query(
      'CREATE TABLE "second_factors" ("agent_id" uuid NOT NULL, "secret" text, "last_step" integer NOT NULL DEFAULT \'0\', "guesses" integer NOT NULL DEFAULT \'0\', "guesses_until" TIMESTAMP WITH TIME ZONE, "confirmed_at" TIMESTAMP WITH TIME ZONE, "reset_at" TIMESTAMP WITH TIME ZONE, "reset_by" uuid, CONSTRAINT "PK_63c1472877a843eb5e6aa871190" PRIMARY KEY ("agent_id"))',
    );
    await queryRunner.query(
      'CREATE TABLE "sign_in_challenges" ("id" uuid NOT NULL, "agent_id" uuid NOT NULL, "token_hash" text NOT NULL, "kind" text NOT NULL, "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "UQ_0b592d23b431d52c753feec384c" UNIQUE ("token_hash"), CONSTRAINT "PK_f57d5bce65af0940271d12af92d" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE INDEX "sign_in_challenges_agent_id" ON "sign_in_challenges"  ("agent_id") ',
    );
    await queryRunner.query('ALTER TABLE "agents" ADD "preferences" jsonb NOT NULL DEFAULT \'{}\'');
    await queryRunner.query('ALTER TABLE "agents" ADD "second_factor" text NOT NULL DEFAULT \'off\'');
    await queryRunner.query(
      "ALTER TABLE \"agents\" ADD CONSTRAINT \"agents_second_factor\" CHECK (second_factor IN ('off', 'on', 'reset'))",
    );
    await queryRunner.query(
      'ALTER TABLE "recovery_codes" ADD CONSTRAINT "FK_be87e27403f0cc39d7f66010c70" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "second_factors" ADD CONSTRAINT "FK_63c1472877a843eb5e6aa871190" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "second_factors" ADD CONSTRAINT "FK_26c73d700393d0cac66e2e27f35" FOREIGN KEY ("reset_by") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "sign_in_challenges" ADD CONSTRAINT "FK_2d6249348ee8dbf4dd1a17df4f0" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE "sign_in_challenges" DROP CONSTRAINT "FK_2d6249348ee8dbf4dd1a17df4f0"',
    );
    await queryRunner.query('ALTER TABLE "second_factors" DROP CONSTRAINT "FK_26c73d700393d0cac66e2e27f35"');
    await queryRunner.query('ALTER TABLE "second_factors" DROP CONSTRAINT "FK_63c1472877a843eb5e6aa871190"');
    await queryRunner.query('ALTER TABLE "recovery_codes" DROP CONSTRAINT "FK_be87e27403f0cc39d7f66010c70"');
    await queryRunner.query('ALTER TABLE "agents" DROP CONSTRAINT "agents_second_factor"');
    await queryRunner.query('ALTER TABLE "agents" DROP COLUMN "second_factor"');
    await queryRunner.query('ALTER TABLE "agents" DROP COLUMN "preferences"');
    await queryRunner.query('DROP INDEX "public"."sign_in_challenges_agent_id"');
    await queryRunner.query('DROP TABLE "sign_in_challenges"');
    await queryRunner.query('DROP TABLE "second_factors"');
    await queryRunner.query('DROP INDEX "public"."recovery_codes_agent_id"');
    await queryRunner.query('DROP TABLE "recovery_codes"');
  }
}
