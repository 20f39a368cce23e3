import WebSocket from 'ws';

// The connected agents of the benchmark: bare websockets that speak as much of Engine.IO 4 and Socket.IO 5 as it takes.
// Arguments: address of the server, bearer token, number of agents. Says 'ready' when all have subscribed, starts
// counting at 'count', and answers 'report' with the waits in milliseconds.
const [url, token, count] = process.argv.slice(2);
const waits = [];
let counting = false;

const marker = '"type":"message.received"';

function connect() {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
    });
    socket.once('error', reject);
    socket.on('message', (data) => {
      const text = data.toString();
      if (text[0] === '0') socket.send(`40/agents,${JSON.stringify({ token })}`);
      else if (text[0] === '2') socket.send('3');
      else if (text.startsWith('40/agents')) socket.send('42/agents,0["subscribe",{"rooms":["inbox"]}]');
      else if (text.startsWith('43/agents')) resolve();
      else if (text.startsWith('44')) reject(new Error(text));
      else if (counting && text.includes(marker)) {
        const at = text.indexOf('"at":"') + 6;
        waits.push(Date.now() - Date.parse(text.slice(at, text.indexOf('"', at))));
      }
    });
  });
}

await Promise.all(Array.from({ length: Number(count) }, connect));
process.on('message', (word) => {
  if (word === 'count') counting = true;
  else process.send(waits, () => process.exit(0));
});
process.send('ready');
