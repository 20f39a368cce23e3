import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { SMTPServer } from 'smtp-server';

// What stands where the world would be: whatever the desk sends ends here, on this machine, and customers hear of it.

/**
 * A mail server that keeps nothing.
 * @param told called with `{to, messageId, subject}` of each mail
 */
export async function startPostOffice(told) {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 200,
    onData: (stream, session, done) => {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        done();
        const head = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n', 1)[0];
        const field = (name) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
        const messageId = field('Message-ID').replace(/^<|>$/g, '');
        for (const { address } of session.envelope.rcptTo)
          told({ to: address, messageId, subject: field('Subject') });
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.server.address().port,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/**
 * As much of Meta's Graph API as it takes to send a text.
 * @param told called with `{to, id}` of each message
 */
export async function startGraph(told) {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answerTo(request, Buffer.concat(chunks).toString('utf8'), told);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerTo({ method, url }, body, told) {
  if (method === 'GET') return { data: [] };
  const { status, to, recipient } = JSON.parse(body || '{}');
  if (status !== undefined || !url?.endsWith('/messages')) return { success: true };
  const person = String(to ?? recipient ?? '');
  const id = `wamid.${randomBytes(18).toString('base64')}`;
  told({ to: person, id });
  return { messaging_product: 'whatsapp', contacts: [{ input: person, wa_id: person }], messages: [{ id }] };
}
