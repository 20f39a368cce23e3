// A shop that shows how the chat stands in a page: /demo/shop?channel=<id of a web chat channel>&lang=en
const asked = new URLSearchParams(location.search);
const language = asked.get('lang') ?? (/^(id|ms|jv|su)\b/.test(navigator.language) ? 'id' : 'en');
const say = (indonesian, english) => (language === 'en' ? english : indonesian);
const at = (change) => `?${new URLSearchParams({ ...Object.fromEntries(asked), ...change })}`;

document.documentElement.lang = say('id', 'en');
if (language === 'en')
  for (const words of document.querySelectorAll('[data-en]')) words.textContent = words.dataset.en;
const other = document.querySelector('#language');
other.textContent = say('English', 'Bahasa Indonesia');
other.lang = other.hreflang = say('en', 'id');
other.href = at({ lang: say('en', 'id') });

// The one who answers sees what the visitor is looking at.
const named = () => {
  const thing = document.getElementById(location.hash.slice(1))?.querySelector('strong, h2');
  document.title = thing ? `${thing.textContent} · Rumah Senja` : 'Rumah Senja';
};
window.addEventListener('hashchange', named);
named();

if (asked.get('channel')) {
  const script = document.createElement('script');
  script.src = '/widget.js';
  script.async = true;
  script.dataset.channel = asked.get('channel');
  document.head.append(script);
} else void choose();

/** Without a channel in the address: whoever works here is led to the one that there is, or to a first one. */
async function choose() {
  const answer = await fetch('/api/v1/channels').catch(() => null);
  if (answer?.status === 401)
    return help(
      say(
        'Halaman ini untuk mencoba obrolan web. Masuk dulu ke Loket, lalu buka lagi halaman ini.',
        'This page is for trying a web chat. Sign in to Loket first, then open it again.',
      ),
      link('/', say('Masuk ke Loket', 'Sign in to Loket')),
    );
  if (!answer?.ok)
    return help(say('Loket sedang tidak menjawab. Coba lagi.', 'Loket does not answer. Try again.'));
  const { items } = await answer.json();
  const chats = items.filter(({ kind, enabled }) => kind === 'webchat' && enabled);
  if (chats.length === 1) return location.replace(at({ channel: chats[0].id }) + location.hash);
  if (chats.length > 1)
    return help(
      say('Obrolan mana yang ingin Anda coba?', 'Which chat would you like to try?'),
      ...chats.map(({ id, name }) => link(at({ channel: id }), name)),
    );
  const make = document.createElement('button');
  make.textContent = say('Buat obrolan web', 'Create a web chat');
  make.addEventListener('click', () => void create(make));
  return help(
    say(
      'Loket ini belum punya obrolan web. Buat satu, dan obrolan itu langsung muncul di sini.',
      'This Loket has no web chat yet. Create one, and it appears here at once.',
    ),
    make,
  );
}

async function create(button) {
  button.disabled = true;
  const answer = await fetch('/api/v1/channels', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'webchat', name: say('Obrolan web', 'Web chat') }),
  }).catch(() => null);
  if (answer?.ok) return location.replace(at({ channel: (await answer.json()).id }));
  help(
    answer?.status === 403
      ? say('Hanya admin yang bisa membuat kanal.', 'Only an admin can create a channel.')
      : say('Tidak berhasil. Coba lagi.', 'That did not work. Try again.'),
    link(at({}), say('Muat ulang', 'Reload')),
  );
}

function help(text, ...ways) {
  const place = document.querySelector('#help');
  const words = document.createElement('p');
  words.textContent = text;
  place.replaceChildren(words, ...ways);
  place.hidden = false;
}

function link(href, text) {
  const way = document.createElement('a');
  way.className = 'go';
  way.href = href;
  way.textContent = text;
  return way;
}
