/** Texts that people put into their own sites. `desk` is the origin at which this Loket is reached. */

export function scriptTag(desk: string, channelId: string): string {
  return `<script src="${desk}/widget.js" data-channel="${channelId}" async></script>`;
}

/** What a page's Content-Security-Policy has to allow (apps/widget/README.md). */
export function policyLines(desk: string): string {
  const socket = desk.replace(/^http/, 'ws');
  return [`script-src  ${desk}`, `connect-src ${desk} ${socket}`, `img-src     ${desk} blob:`].join('\n');
}

export const pageCode = `<script>
  // jwt: made by your server for whoever is signed in
  const tell = () => Loket.identify(jwt);
  if (window.Loket) tell();
  else
    document
      .querySelector('script[data-channel]')
      .addEventListener('load', tell);
</script>`;

export const serverLanguages = ['node', 'php', 'python'] as const;
export type ServerLanguage = (typeof serverLanguages)[number];

/** Code that signs who is signed in: a JWT (HS256), an hour long, without any library. The key comes from outside it. */
export function signingCode(language: ServerLanguage, channelId: string): string {
  return signing[language].replaceAll('CHANNEL', channelId);
}

const signing: Record<ServerLanguage, string> = {
  node: `import { createHmac } from 'node:crypto';

export function loketJwt(user) {
  const part = (value) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    sub: String(user.id), // never another person's
    aud: 'CHANNEL',
    exp: Math.floor(Date.now() / 1000) + 3600,
    name: user.name || undefined,
    email: user.email || undefined,
  };
  const signed = part({ alg: 'HS256' }) + '.' + part(claims);
  const hmac = createHmac('sha256', process.env.LOKET_VISITOR_KEY);
  return signed + '.' + hmac.update(signed).digest('base64url');
}`,
  php: `function loket_jwt($user) {
  $part = fn($bytes) =>
    rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
  $claims = array_filter([
    'sub' => (string) $user->id, // never another person's
    'aud' => 'CHANNEL',
    'exp' => time() + 3600,
    'name' => $user->name,
    'email' => $user->email,
  ]);
  $head = $part('{"alg":"HS256"}');
  $signed = $head . '.' . $part(json_encode($claims));
  $key = getenv('LOKET_VISITOR_KEY');
  $hmac = hash_hmac('sha256', $signed, $key, true);
  return $signed . '.' . $part($hmac);
}`,
  python: `import base64, hashlib, hmac, json, os, time

def loket_jwt(user):
    def part(data):
        return base64.urlsafe_b64encode(data).rstrip(b'=')
    claims = {
        'sub': str(user.id),  # never another person's
        'aud': 'CHANNEL',
        'exp': int(time.time()) + 3600,
        'name': user.name,
        'email': user.email,
    }
    claims = {name: said for name, said in claims.items() if said}
    body = part(json.dumps(claims).encode())
    signed = part(b'{"alg":"HS256"}') + b'.' + body
    key = os.environ['LOKET_VISITOR_KEY'].encode()
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return (signed + b'.' + part(digest)).decode()`,
};
