// A shop that shows how the chat stands in a page: /demo/shop?channel=<id of a web chat channel>&lang=en
const asked = new URLSearchParams(location.search);
const channel = asked.get('channel');

if (asked.get('lang') === 'en') {
  document.documentElement.lang = 'en';
  for (const words of document.querySelectorAll('[data-en]')) words.textContent = words.dataset.en;
}

if (channel) {
  const script = document.createElement('script');
  script.src = '/widget.js';
  script.async = true;
  script.dataset.channel = channel;
  document.head.append(script);
} else {
  document.querySelector('#help').hidden = false;
}
