import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { renderTemplate } from '@loket/contracts/template-text.js';
import type { Template } from '@loket/contracts/templates.js';
import { GraphStandIn } from '../../../../test/support/graph-stand-in.js';
import { CloudAdapter } from './adapter.js';
import { fillTemplate } from './template-fill.js';

const approved = (name: string, components: unknown[], rest: Record<string, unknown> = {}): unknown => ({
  id: '1',
  name,
  language: 'id',
  category: 'UTILITY',
  status: 'APPROVED',
  components,
  ...rest,
});

const shipped = approved('pesanan_dikirim', [
  { type: 'HEADER', format: 'TEXT', text: 'Halo {{1}}', example: { header_text: ['Budi'] } },
  {
    type: 'BODY',
    text: 'Pesanan {{2}} dikirim {{1}}, {{2}} tiba besok.',
    example: { body_text: [['hari ini', 'INV-7']] },
  },
  { type: 'FOOTER', text: 'Toko' },
  {
    type: 'BUTTONS',
    buttons: [
      { type: 'QUICK_REPLY', text: 'Terima kasih' },
      { type: 'URL', text: 'Lacak', url: 'https://toko.example/{{1}}' },
    ],
  },
]);

let graph: GraphStandIn;
let templates: Template[];

beforeAll(async () => {
  graph = await GraphStandIn.start();
  graph.templates = [
    [shipped, approved('ditolak', [{ type: 'BODY', text: 'x' }], { status: 'REJECTED' })],
    [
      approved('karusel', [
        { type: 'BODY', text: 'x' },
        { type: 'CAROUSEL', cards: [] },
      ]),
      approved('bernama', [
        {
          type: 'BODY',
          text: 'Halo {{nama}}',
          example: { body_text_named_params: [{ param_name: 'nama', example: 'Budi' }] },
        },
      ]),
      'odd',
    ],
    [
      approved('foto', [
        { type: 'HEADER', format: 'IMAGE' },
        { type: 'BODY', text: 'Lihat' },
      ]),
    ],
  ];
  templates = await new CloudAdapter({ graph: { baseUrl: graph.url } }).templates(channel());
});
afterAll(() => graph.stop());

const channel = () => {
  const { phoneNumberId, businessAccountId, accessToken, appSecret } = graph.account;
  const keys = { phoneNumberId, businessAccountId, accessToken, appSecret, verifyToken: 'rahasia-webhook' };
  return {
    id: randomUUID(),
    kind: 'whatsapp' as const,
    name: 'Toko',
    version: 1,
    config: { cloud: keys },
  };
};
const named = (name: string): Template => {
  const found = templates.find((template) => template.name === name);
  if (!found) throw new Error(`no template ${name}`);
  return found;
};

describe('templates', () => {
  it('are listed from all pages: those that may be sent and can be filled', () => {
    expect(templates.map(({ name }) => name)).toEqual(['bernama', 'foto', 'pesanan_dikirim']);
    expect(named('pesanan_dikirim').blanks).toEqual([
      { key: 'header.1', kind: 'text', example: 'Budi' },
      { key: 'body.1', kind: 'text', example: 'hari ini' },
      { key: 'body.2', kind: 'text', example: 'INV-7' },
      { key: 'button.1', kind: 'text', example: null },
    ]);
  });

  it('are filled as Meta wants them, and shown as the customer sees them', async () => {
    const values = { 'header.1': 'Siti\n\tA', 'body.1': 'hari ini', 'body.2': 'INV-9', 'button.1': 'INV-9' };
    const template = fillTemplate(named('pesanan_dikirim'), values);
    expect(template.components).toEqual([
      { type: 'header', parameters: [{ type: 'text', text: 'Siti A' }] },
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'hari ini' },
          { type: 'text', text: 'INV-9' },
        ],
      },
      { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'INV-9' }] },
    ]);
    expect(renderTemplate(named('pesanan_dikirim'), { ...values, 'header.1': 'Siti' })).toBe(
      'Halo Siti\n\nPesanan INV-9 dikirim hari ini, INV-9 tiba besok.\n\nToko',
    );
  });

  it('with names and with pictures', () => {
    expect(fillTemplate(named('bernama'), { 'body.nama': 'Budi' }).components).toEqual([
      { type: 'body', parameters: [{ type: 'text', parameter_name: 'nama', text: 'Budi' }] },
    ]);
    expect(fillTemplate(named('foto'), {}, { id: '77', name: 'a.png' }).components).toEqual([
      { type: 'header', parameters: [{ type: 'image', image: { id: '77' } }] },
    ]);
  });

  it.each<Record<string, string>>([{}, { 'body.nama': ' \n ' }])(
    'are not sent with a blank that is empty: %p',
    (values) => {
      expect(() => fillTemplate(named('bernama'), values)).toThrow(
        expect.objectContaining({ reason: 'whatsapp_template_value_missing', detail: 'body.nama' }),
      );
    },
  );
});
