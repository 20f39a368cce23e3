import { describe, expect, it } from '@jest/globals';
import { organizationDomainOf, registrableDomainOf } from './address-organization.js';

describe('organizationDomainOf', () => {
  it.each([
    ['budi@toko.co.id', 'toko.co.id'],
    ['budi@mail.toko.co.id', 'toko.co.id'],
    ['budi@toko.id', 'toko.id'],
    ['budi@mail.toko.id', 'toko.id'],
    ['dosen@staff.ui.ac.id', 'ui.ac.id'],
    ['x@dinkes.jakarta.go.id', 'jakarta.go.id'],
    ['guru@sman1.sch.id', 'sman1.sch.id'],
    ['x@yayasan.or.id', 'yayasan.or.id'],
    ['x@warung.web.id', 'warung.web.id'],
    ['x@warung.my.id', 'warung.my.id'],
    ['x@warung.biz.id', 'warung.biz.id'],
    ['x@sukamaju.desa.id', 'sukamaju.desa.id'],
    ['x@shop.example.co.uk', 'example.co.uk'],
    ['x@example.com.sg', 'example.com.sg'],
    ['x@www.example.com', 'example.com'],
    ['x@my.me', 'my.me'],
    ['x@a.b.example.org', 'example.org'],
    ['x@xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ])('%s → %s', (address, domain) => {
    expect(organizationDomainOf(address)).toBe(domain);
  });

  it.each(
    `gmail.com googlemail.com yahoo.com yahoo.co.id yahoo.com.sg ymail.com rocketmail.com outlook.com outlook.co.id hotmail.com
     hotmail.co.uk live.com live.nl icloud.com proton.me zoho.com mail.com yandex.ru yandex.com gmx.de gmx.net qq.com
     telkom.net privaterelay.appleid.com guest.booking.com cbn.net.id localhost co.id [127.0.0.1] 10.0.0.1`.split(
      /\s+/,
    ),
  )('nobody in particular is at %s', (domain) => {
    expect(organizationDomainOf(`budi@${domain}`)).toBeNull();
  });

  it.each(['', '@', 'budi', 'toko.co.id', 'a@b@', `x@${'a.'.repeat(5000)}id`, 'x@..co.id', 'x@-.id\n'])(
    'takes %j without falling',
    (address) => {
      expect(organizationDomainOf(address)).toBeNull();
    },
  );
});

describe('registrableDomainOf', () => {
  it('keeps a public provider, which is a domain all the same', () => {
    expect(registrableDomainOf('mail.yahoo.co.id')).toBe('yahoo.co.id');
  });
});
