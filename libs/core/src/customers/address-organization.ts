/** Mail providers that anybody can be with: sharing one says nothing. By registrable domain. */
const publicDomains = new Set(
  `gmail.com googlemail.com ymail.com rocketmail.com msn.com passport.com icloud.com me.com mac.com aol.com aim.com
   proton.me protonmail.com protonmail.ch pm.me zoho.com zohomail.com zohomail.eu mail.com email.com usa.com post.com
   consultant.com engineer.com ya.ru mail.ru inbox.ru list.ru bk.ru internet.ru rambler.ru web.de t-online.de freenet.de
   qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com naver.com daum.net hanmail.net
   kakao.com nate.com rediffmail.com tutanota.com tutanota.de tuta.com tuta.io tutamail.com keemail.me fastmail.com
   fastmail.fm hey.com duck.com mozmail.com simplelogin.com anonaddy.com addy.io inbox.com lycos.com excite.com hushmail.com
   mailfence.com posteo.de posteo.net mailbox.org runbox.com disroot.org riseup.net laposte.net orange.fr wanadoo.fr free.fr
   sfr.fr libero.it virgilio.it uol.com.br bol.com.br terra.com.br comcast.net verizon.net att.net sbcglobal.net
   bellsouth.net cox.net charter.net earthlink.net btinternet.com sky.com virginmedia.com bigpond.com optusnet.com.au
   telkom.net telkom.net.id plasa.com plaza.net.id cbn.net.id indosat.net.id centrin.net.id biz.net.id rad.net.id dnet.net.id
   indo.net.id fastnet.net.id firstmedia.com pacific.net.id singnet.com.sg starhub.net.sg streamyx.com
   mailinator.com guerrillamail.com yopmail.com temp-mail.org 10minutemail.com tempmail.com dispostable.com sharklasers.com
   appleid.com booking.com airbnb.com`.match(/\S+/g),
);
/** Providers with a domain for each country: `yahoo.co.id`, `hotmail.fr`. */
const publicNames = new Set(['yahoo', 'hotmail', 'outlook', 'live', 'gmx', 'yandex', 'windowslive']);

/** What registries sell below, under country domains (`co.id`, `ac.uk`, `com.sg`). */
const secondLevels = new Set(
  'co com ac edu go gov gob or org ne net sch web mil biz info my desa ponpes nom ltd plc nhs police'.match(
    /\S+/g,
  ),
);
/** Second levels that count only under Indonesia's domain: elsewhere they are somebody's name. */
const indonesianOnly = new Set(['my', 'desa', 'ponpes', 'web', 'sch', 'biz']);

/**
 * The domain that an organization registered, for mail addresses that are not with a public provider:
 * `budi@mail.toko.co.id` → `toko.co.id`. People at one such domain are likely colleagues.
 *
 * A list of its own rather than the whole Public Suffix List: what is asked is which customers work together, and a
 * rare suffix read wrongly costs a hint, not a join.
 *
 * @param address normalised mail address
 * @returns null for public providers, relays of marketplaces, address literals, and what is no domain
 */
export function organizationDomainOf(address: string): string | null {
  const domain = registrableDomainOf(address.slice(address.lastIndexOf('@') + 1));
  if (domain === null || !address.includes('@')) return null;
  if (publicDomains.has(domain) || publicNames.has(domain.slice(0, domain.indexOf('.')))) return null;
  return domain;
}

/** `mail.toko.co.id` → `toko.co.id`; null for addresses of machines and names without a dot. */
export function registrableDomainOf(domain: string): string | null {
  if (domain.length > 253 || !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(domain)) return null;
  const labels = domain.split('.');
  const top = labels.at(-1) ?? '';
  const second = labels.at(-2) ?? '';
  if (/^\d+$/.test(top)) return null;
  const deeper =
    top.length === 2 && secondLevels.has(second) && (top === 'id' || !indonesianOnly.has(second));
  if (!deeper) return `${second}.${top}`;
  return labels.length > 2 ? labels.slice(-3).join('.') : null;
}
