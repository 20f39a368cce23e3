import { describe, expect, it } from '@jest/globals';
import { isRoleAddress } from './address-role.js';

describe('isRoleAddress', () => {
  it.each(
    `info@toko.co.id admin@toko.co.id admin1@toko.co.id cs@toko.co.id cs-2@toko.co.id CS@toko.co.id sales@toko.co.id
     sales.bandung@toko.co.id finance@pt.co.id hrd@pt.co.id no-reply@shop.id noreply@shop.id do_not_reply@shop.id
     noreply-invoice@shop.id support+123@shop.id marketing_jkt@pt.co.id purchasing@pt.co.id keuangan@pt.co.id layanan@bank.co.id
     layanan-pelanggan@bank.co.id customer.service@bank.co.id call_center@bank.co.id callcentre@bank.co.id it@pt.co.id
     hr@pt.co.id mailer-daemon@mx.id postmaster@mx.id admin.tokobudi@gmail.com hello@startup.id`.split(/\s+/),
  )('%s is a desk', (address) => {
    expect(isRoleAddress(address)).toBe(true);
  });

  it.each(
    `budi@toko.co.id budi.santoso@toko.co.id budi.sales@toko.co.id infobudi@gmail.com ar.rahman@gmail.com it.wati@toko.co.id
     csilla@pt.co.id adminah@gmail.com salesia@gmail.com hrdina@gmail.com orderick@gmail.com 081288412207@gmail.com
     supportini hari.wibowo@pt.co.id ap.hidayat@pt.co.id`.split(/\s+/),
  )('%s is a person', (address) => {
    expect(isRoleAddress(address)).toBe(false);
  });

  it.each(['', '@', '@toko.id', 'info', `info@${'x'.repeat(1000)}`, `${'a.'.repeat(50_000)}@x.id`])(
    'takes %j without falling',
    (address) => {
      expect(isRoleAddress(address)).toBe(false);
    },
  );
});
