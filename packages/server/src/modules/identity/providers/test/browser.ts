/** A browser for redirects and cookies: cookies belong to a host and a path, whatever the port. */
export class Browser {
  readonly #jar = new Map<string, { host: string; path: string; name: string; value: string }>();

  /** Every cookie it was ever sent, as in the header. */
  readonly given: string[] = [];

  cookies(url: URL): string {
    return [...this.#jar.values()]
      .filter(({ host, path }) => host === url.hostname && url.pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  value(name: string): string | undefined {
    return [...this.#jar.values()].find((cookie) => cookie.name === name)?.value;
  }

  forget(name: string): void {
    for (const [key, cookie] of this.#jar) if (cookie.name === name) this.#jar.delete(key);
  }

  set(host: string, name: string, value: string): void {
    this.#jar.set(`${host} / ${name}`, { host, path: '/', name, value });
  }

  /** Requests one URL without following redirects. */
  async get(address: string | URL): Promise<{ status: number; location: URL | undefined; body: string }> {
    const url = new URL(address);
    const response = await fetch(url, { redirect: 'manual', headers: { cookie: this.cookies(url) } });
    this.#keep(url, response.headers.getSetCookie());
    const location = response.headers.get('location');
    const next = location === null ? undefined : new URL(location, url);
    return { status: response.status, location: next, body: await response.text() };
  }

  /** Follows redirects up to the first URL for which `isEnd` is true, which is not requested. */
  async follow(address: string | URL, isEnd: (url: URL) => boolean): Promise<URL> {
    let at = new URL(address);
    for (let hops = 0; hops < 12; hops += 1) {
      if (isEnd(at)) return at;
      const { location, status, body } = await this.get(at);
      if (location === undefined) throw new Error(`${at.href} answers ${status}: ${body.slice(0, 500)}`);
      at = location;
    }
    throw new Error('Too many redirects');
  }

  #keep(url: URL, headers: string[]): void {
    for (const header of headers) {
      this.given.push(header);
      const [pair = '', ...attributes] = header.split(/; ?/);
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const attribute = (wanted: string) =>
        attributes.find((each) => each.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
      const path = attribute('path') ?? '/';
      const key = `${url.hostname} ${path} ${name}`;
      const expires = attribute('expires');
      const isGone = attribute('max-age') === '0' || (expires !== undefined && Date.parse(expires) < Date.now());
      if (isGone) this.#jar.delete(key);
      else this.#jar.set(key, { host: url.hostname, path, name, value });
    }
  }
}
