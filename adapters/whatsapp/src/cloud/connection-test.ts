import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { ConnectionReport, ConnectionStep } from '@loket/contracts/channels.js';
import type { CloudConfig } from './cloud-config.js';
import { GraphError, GraphSilence, type GraphClient } from './graph-client.js';
import { verdictOf } from './graph-codes.js';

const numberSchema = z.looseObject({
  display_phone_number: z.string().optional(),
  verified_name: z.string().optional(),
  quality_rating: z.string().optional(),
});

type Figures = NonNullable<ConnectionStep['data']>;

/**
 * Tries the settings: does the token reach the number, does the secret belong to the token's app, are there templates.
 * Sends nothing.
 */
export async function testCloud(config: CloudConfig, client: GraphClient): Promise<ConnectionReport> {
  const { accessToken: token, phoneNumberId, businessAccountId, appSecret } = config;
  const steps = [
    await step('whatsapp_number', null, async () => {
      const query = { fields: 'display_phone_number,verified_name,quality_rating' };
      const answer = await client.call({ method: 'GET', path: `/${phoneNumberId}`, token, query });
      const { display_phone_number, verified_name, quality_rating } = numberSchema.parse(answer);
      return given({ number: display_phone_number, name: verified_name, quality: quality_rating });
    }),
  ];
  if (steps[0]?.ok === true) {
    steps.push(
      await step('whatsapp_app_secret', 'whatsapp_app_secret_wrong', async () => {
        const proof = createHmac('sha256', appSecret).update(token).digest('hex');
        const query = { fields: 'id', appsecret_proof: proof };
        await client.call({ method: 'GET', path: `/${phoneNumberId}`, token, query });
        return {};
      }),
    );
    if (businessAccountId !== undefined) {
      steps.push(
        await step('whatsapp_templates', null, async () => {
          const path = `/${businessAccountId}/message_templates`;
          await client.call({ method: 'GET', path, token, query: { fields: 'name', limit: '1' } });
          return {};
        }),
      );
    }
  }
  return { ok: steps.every(({ ok }) => ok), steps };
}

/** @param refused the word for code 100, where it can only mean one thing */
async function step(
  name: string,
  refused: string | null,
  run: () => Promise<Figures>,
): Promise<ConnectionStep> {
  const began = performance.now();
  const done = (rest: Pick<ConnectionStep, 'ok' | 'code' | 'detail' | 'data'>): ConnectionStep => ({
    step: name,
    ms: Math.round(performance.now() - began),
    ...rest,
  });
  try {
    return done({ ok: true, code: null, detail: null, data: await run() });
  } catch (error) {
    if (error instanceof GraphError) {
      const { reason } = verdictOf(error.graphCode, error.status);
      const code = error.graphCode === 100 && refused !== null ? refused : reason;
      return done({ ok: false, code, detail: error.detail });
    }
    if (error instanceof GraphSilence)
      return done({ ok: false, code: 'whatsapp_unreachable', detail: error.detail });
    if (error instanceof z.ZodError) return done({ ok: false, code: 'whatsapp_refused', detail: null });
    throw error;
  }
}

function given(figures: Record<string, string | undefined>): Figures {
  return Object.fromEntries(
    Object.entries(figures).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
