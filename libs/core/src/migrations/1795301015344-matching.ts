import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Merges, splits and links with their ledger; suggestions, incidents, organizations; what the matching keeps. */
export class Matching1795301015344 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(
      'CREATE TABLE "organizations" ("id" uuid NOT NULL, "name" text NOT NULL, "domain" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "UQ_98678ed828cc71e4f8a58c95d6b" UNIQUE ("domain"), CONSTRAINT "PK_6b031fcd0863e3f6b44230163f9" PRIMARY KEY ("id"))',
    );
    await run.query(
      'CREATE TABLE "incidents" ("id" uuid NOT NULL, "number" BIGSERIAL NOT NULL, "title" text NOT NULL, "status" text NOT NULL DEFAULT \'open\', "created_by_id" uuid, "resolved_at" TIMESTAMP WITH TIME ZONE, "version" integer NOT NULL DEFAULT \'1\', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "UQ_a3ae961105c8dae1eef9e796e0f" UNIQUE ("number"), CONSTRAINT "incidents_status" CHECK (status IN (\'open\', \'resolved\')), CONSTRAINT "PK_ccb34c01719889017e2246469f9" PRIMARY KEY ("id"))',
    );
    await run.query('CREATE INDEX "incidents_list" ON "incidents"  ("status", "created_at", "id") ');
    await run.query(
      'CREATE TABLE "consumer_cursors" ("name" text NOT NULL, "tx" bigint NOT NULL, "id" bigint NOT NULL, CONSTRAINT "PK_d9f9f9f5e73a3049fd4d139cee4" PRIMARY KEY ("name"))',
    );
    await run.query(
      'CREATE TABLE "incident_updates" ("id" uuid NOT NULL, "incident_id" uuid NOT NULL, "agent_id" uuid NOT NULL, "text" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_161dab39f96098bce901c2515c0" PRIMARY KEY ("id"))',
    );
    await run.query(
      'CREATE INDEX "incident_updates_list" ON "incident_updates"  ("incident_id", "created_at", "id") ',
    );
    await run.query(
      'CREATE TABLE "incident_deliveries" ("update_id" uuid NOT NULL, "case_id" uuid NOT NULL, "message_id" uuid, "blocked" text, CONSTRAINT "PK_08372257b690a3dcb139bb91734" PRIMARY KEY ("update_id", "case_id"))',
    );
    await run.query(
      'CREATE TABLE "operations" ("id" uuid NOT NULL, "kind" text NOT NULL, "actor_id" uuid, "reason" text, "evidence" jsonb NOT NULL DEFAULT \'[]\', "suggestion_id" uuid, "from_id" uuid, "into_id" uuid, "case_ids" uuid array NOT NULL DEFAULT \'{}\', "customer_ids" uuid array NOT NULL DEFAULT \'{}\', "moved" jsonb NOT NULL DEFAULT \'{}\', "position" BIGSERIAL NOT NULL, "undone_at" TIMESTAMP WITH TIME ZONE, "undone_by_id" uuid, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "UQ_7033151517ddf41238897e36781" UNIQUE ("position"), CONSTRAINT "PK_7b62d84d6f9912b975987165856" PRIMARY KEY ("id"))',
    );
    await run.query('CREATE INDEX "operations_list" ON "operations"  ("created_at", "id") ');
    await run.query(
      'CREATE TABLE "operation_moves" ("operation_id" uuid NOT NULL, "position" integer NOT NULL, "action" text NOT NULL, "table_name" text NOT NULL, "column_name" text, "ids" uuid array NOT NULL, "before" jsonb, "after" jsonb, CONSTRAINT "operation_moves_action" CHECK (action IN (\'set\', \'create\', \'remove\')), CONSTRAINT "PK_9229e518700fdbcd5d443f2f76b" PRIMARY KEY ("operation_id", "position"))',
    );
    await run.query(
      'CREATE TABLE "settings" ("key" text NOT NULL, "value" jsonb NOT NULL, "version" integer NOT NULL DEFAULT \'1\', "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_c8639b7626fa94ba8265628f214" PRIMARY KEY ("key"))',
    );
    await run.query(
      'CREATE TABLE "linkage_keys" ("key" text NOT NULL, "customer_id" uuid NOT NULL, CONSTRAINT "PK_12c6e62dcfaa164e1a718c30223" PRIMARY KEY ("key", "customer_id"))',
    );
    await run.query('CREATE INDEX "linkage_keys_customer_id" ON "linkage_keys"  ("customer_id") ');
    await run.query(
      'CREATE TABLE "suggestions" ("id" uuid NOT NULL, "kind" text NOT NULL, "key" text NOT NULL, "state" text NOT NULL DEFAULT \'waiting\', "score" real NOT NULL, "evidence" jsonb NOT NULL, "case_ids" uuid array NOT NULL DEFAULT \'{}\', "customer_ids" uuid array NOT NULL DEFAULT \'{}\', "incident_id" uuid, "operation_id" uuid, "decided_by_id" uuid, "decided_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "suggestions_key" UNIQUE ("kind", "key"), CONSTRAINT "suggestions_state" CHECK (state IN (\'waiting\', \'accepted\', \'dismissed\', \'obsolete\')), CONSTRAINT "suggestions_kind" CHECK (kind IN (\'case\', \'customer\', \'incident\')), CONSTRAINT "PK_745bbcb037ac379969b5fc7b352" PRIMARY KEY ("id"))',
    );
    await run.query(
      'CREATE INDEX "suggestions_list" ON "suggestions"  ("state", "kind", "created_at", "id") ',
    );
    await run.query(
      'CREATE TABLE "terms" ("term" text NOT NULL, "documents" integer NOT NULL, CONSTRAINT "PK_5aeb741c76d36aba497de259dd9" PRIMARY KEY ("term"))',
    );
    await run.query('ALTER TABLE "customers" ADD "organization_id" uuid');
    await run.query('ALTER TABLE "customers" ADD "language" text');
    await run.query('ALTER TABLE "customers" ADD "merged_into_id" uuid');
    await run.query('ALTER TABLE "cases" ADD "merged_into_id" uuid');
    await run.query('ALTER TABLE "cases" ADD "incident_id" uuid');
    await run.query('ALTER TABLE "cases" ADD "arrangement" integer NOT NULL DEFAULT \'0\'');
    await run.query('ALTER TABLE "identities" ADD "name" text');
    await run.query('ALTER TABLE "identities" ADD "shared" boolean NOT NULL DEFAULT false');
    await run.query('CREATE INDEX "customers_organization_id" ON "customers"  ("organization_id") ');
    await run.query(
      'ALTER TABLE "customers" ADD CONSTRAINT "customers_not_into_itself" CHECK (merged_into_id <> id)',
    );
    await run.query(
      'ALTER TABLE "cases" ADD CONSTRAINT "cases_not_into_itself" CHECK (merged_into_id <> id)',
    );
    await run.query(
      'ALTER TABLE "customers" ADD CONSTRAINT "FK_d2fc0e42b07d01fafc3fbb2bee3" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "customers" ADD CONSTRAINT "FK_f95767fe8a07a6723d2402ef506" FOREIGN KEY ("merged_into_id") REFERENCES "customers"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "incidents" ADD CONSTRAINT "FK_2d5d5c09a9903f4bd1728c8067a" FOREIGN KEY ("created_by_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "cases" ADD CONSTRAINT "FK_d9e27950b4193cfc4047f29f28c" FOREIGN KEY ("merged_into_id") REFERENCES "cases"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "cases" ADD CONSTRAINT "FK_86be843d031369c43ebb91867a3" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "incident_updates" ADD CONSTRAINT "FK_795f420f5198c93365eef6565f2" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "incident_updates" ADD CONSTRAINT "FK_1a1b575032a5ba00f5b3bed9a88" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "incident_deliveries" ADD CONSTRAINT "FK_2575af2631cb4072ce6257a8717" FOREIGN KEY ("update_id") REFERENCES "incident_updates"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "incident_deliveries" ADD CONSTRAINT "FK_63a5d96a3d176ea7c87410e8832" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "incident_deliveries" ADD CONSTRAINT "FK_a10a8d279a35219eaf7309bdf74" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "operations" ADD CONSTRAINT "FK_d5cf99babfaa5e7aa201e793708" FOREIGN KEY ("actor_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "operations" ADD CONSTRAINT "FK_8b7635ba6529ab9cea964d1ca1b" FOREIGN KEY ("undone_by_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "operation_moves" ADD CONSTRAINT "FK_905ab81f24c0bc736fe67eb2da6" FOREIGN KEY ("operation_id") REFERENCES "operations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "linkage_keys" ADD CONSTRAINT "FK_a36d930576db02b2c0dd4bcbc22" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await run.query(
      'ALTER TABLE "suggestions" ADD CONSTRAINT "FK_950e44967d1a0cba062a4fe0ee7" FOREIGN KEY ("decided_by_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    // What TypeORM cannot say (the entities name these indexes with synchronize: false).
    await run.query(
      'CREATE INDEX cases_merged_into ON cases (merged_into_id) WHERE merged_into_id IS NOT NULL',
    );
    await run.query('CREATE INDEX cases_incident ON cases (incident_id) WHERE incident_id IS NOT NULL');
    await run.query(
      'CREATE INDEX incident_deliveries_pending ON incident_deliveries (update_id) WHERE message_id IS NULL AND blocked IS NULL',
    );
    await run.query(
      'CREATE INDEX customers_merged_into ON customers (merged_into_id) WHERE merged_into_id IS NOT NULL',
    );
    await run.query('CREATE INDEX operations_case_ids ON operations USING gin (case_ids)');
    await run.query('CREATE INDEX operations_customer_ids ON operations USING gin (customer_ids)');
    await run.query('CREATE INDEX suggestions_case_ids ON suggestions USING gin (case_ids)');
    await run.query('CREATE INDEX suggestions_customer_ids ON suggestions USING gin (customer_ids)');
  }

  /** Drops what `up` made; merged cases come back to life without their messages. */
  async down(run: QueryRunner): Promise<void> {
    await run.query('DROP INDEX customers_merged_into, cases_incident, cases_merged_into');
    await run.query('ALTER TABLE "suggestions" DROP CONSTRAINT "FK_950e44967d1a0cba062a4fe0ee7"');
    await run.query('ALTER TABLE "linkage_keys" DROP CONSTRAINT "FK_a36d930576db02b2c0dd4bcbc22"');
    await run.query('ALTER TABLE "operation_moves" DROP CONSTRAINT "FK_905ab81f24c0bc736fe67eb2da6"');
    await run.query('ALTER TABLE "operations" DROP CONSTRAINT "FK_8b7635ba6529ab9cea964d1ca1b"');
    await run.query('ALTER TABLE "operations" DROP CONSTRAINT "FK_d5cf99babfaa5e7aa201e793708"');
    await run.query('ALTER TABLE "incident_deliveries" DROP CONSTRAINT "FK_a10a8d279a35219eaf7309bdf74"');
    await run.query('ALTER TABLE "incident_deliveries" DROP CONSTRAINT "FK_63a5d96a3d176ea7c87410e8832"');
    await run.query('ALTER TABLE "incident_deliveries" DROP CONSTRAINT "FK_2575af2631cb4072ce6257a8717"');
    await run.query('ALTER TABLE "incident_updates" DROP CONSTRAINT "FK_1a1b575032a5ba00f5b3bed9a88"');
    await run.query('ALTER TABLE "incident_updates" DROP CONSTRAINT "FK_795f420f5198c93365eef6565f2"');
    await run.query('ALTER TABLE "cases" DROP CONSTRAINT "FK_86be843d031369c43ebb91867a3"');
    await run.query('ALTER TABLE "cases" DROP CONSTRAINT "FK_d9e27950b4193cfc4047f29f28c"');
    await run.query('ALTER TABLE "incidents" DROP CONSTRAINT "FK_2d5d5c09a9903f4bd1728c8067a"');
    await run.query('ALTER TABLE "customers" DROP CONSTRAINT "FK_f95767fe8a07a6723d2402ef506"');
    await run.query('ALTER TABLE "customers" DROP CONSTRAINT "FK_d2fc0e42b07d01fafc3fbb2bee3"');
    await run.query('ALTER TABLE "cases" DROP CONSTRAINT "cases_not_into_itself"');
    await run.query('ALTER TABLE "customers" DROP CONSTRAINT "customers_not_into_itself"');
    await run.query('DROP INDEX "customers_organization_id"');
    await run.query('ALTER TABLE "identities" DROP COLUMN "shared"');
    await run.query('ALTER TABLE "identities" DROP COLUMN "name"');
    await run.query('ALTER TABLE "cases" DROP COLUMN "arrangement"');
    await run.query('ALTER TABLE "cases" DROP COLUMN "incident_id"');
    await run.query('ALTER TABLE "cases" DROP COLUMN "merged_into_id"');
    await run.query('ALTER TABLE "customers" DROP COLUMN "merged_into_id"');
    await run.query('ALTER TABLE "customers" DROP COLUMN "language"');
    await run.query('ALTER TABLE "customers" DROP COLUMN "organization_id"');
    await run.query('DROP TABLE "terms"');
    await run.query('DROP INDEX "suggestions_list"');
    await run.query('DROP TABLE "suggestions"');
    await run.query('DROP INDEX "linkage_keys_customer_id"');
    await run.query('DROP TABLE "linkage_keys"');
    await run.query('DROP TABLE "settings"');
    await run.query('DROP TABLE "operation_moves"');
    await run.query('DROP INDEX "operations_list"');
    await run.query('DROP TABLE "operations"');
    await run.query('DROP TABLE "incident_deliveries"');
    await run.query('DROP INDEX "incident_updates_list"');
    await run.query('DROP TABLE "incident_updates"');
    await run.query('DROP TABLE "consumer_cursors"');
    await run.query('DROP INDEX "incidents_list"');
    await run.query('DROP TABLE "incidents"');
    await run.query('DROP TABLE "organizations"');
  }
}
