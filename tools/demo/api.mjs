/** The REST interface as the demo's people use it. */
export class Api {
  #cookie = '';

  constructor(url, token = null) {
    this.url = url;
    this.token = token;
  }

  get cookie() {
    return this.#cookie;
  }

  get(path) {
    return this.call('GET', path);
  }

  /** @returns the answer's body, null when it has none. @throws Error with the problem's code */
  async call(method, path, body) {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token ? { authorization: `Bearer ${this.token}` } : { cookie: this.#cookie }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    for (const line of response.headers.getSetCookie()) this.#cookie = line.split(';')[0];
    const text = await response.text();
    const answer = text === '' ? null : JSON.parse(text);
    if (!response.ok)
      throw Object.assign(new Error(`${method} ${path}: ${answer?.code}`), { code: answer?.code });
    return answer;
  }
}
