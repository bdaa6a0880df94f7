/** As much of a browser as a redirect needs: cookies by host, and the headers that say where a request comes from. */
import { type IncomingHttpHeaders, request } from 'node:http'

export type Visit = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Where it leads, in full; null when it leads nowhere. */
  readonly location: string | null
}

export type Browser = ReturnType<typeof newBrowser>

export function newBrowser() {
  const jars = new Map<string, Map<string, string>>()

  const jarOf = (url: string) => {
    const { host } = new URL(url)
    const jar = jars.get(host) ?? new Map<string, string>()
    jars.set(host, jar)
    return jar
  }

  function cookie(url: string): string {
    return [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  function keep(url: string, lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split('; ')
      const name = pair.slice(0, pair.indexOf('='))
      const value = pair.slice(name.length + 1)
      if (value === '' || attributes.includes('Max-Age=0')) jarOf(url).delete(name)
      else jarOf(url).set(name, value)
    }
  }

  /** One request of the whole window; `site` as in Fetch Metadata. */
  async function visit(url: string, site = 'same-origin', mode = 'navigate'): Promise<Visit> {
    const headers = { cookie: cookie(url), 'sec-fetch-site': site, 'sec-fetch-mode': mode }
    return await new Promise((resolve, reject) => {
      const asked = request(url, { headers }, (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (part) => {
          body += part
        })
        response.on('end', () => {
          keep(url, response.headers['set-cookie'] ?? [])
          const { location } = response.headers
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body,
            location: location === undefined ? null : new URL(location, url).href,
          })
        })
      })
      asked.on('error', reject)
      asked.end()
    })
  }

  return {
    visit,
    cookie,
    jarOf,
    /** Follows redirects until `stop` says of an address that it is the one wanted; that one is not opened. */
    async follow(from: string, stop: (url: string) => boolean): Promise<string> {
      let url = from
      let site = 'same-origin'
      for (let step = 0; step < 12; step += 1) {
        const { location, status, body } = await visit(url, site)
        if (location === null) throw new Error(`${url} answered ${status} ${body.slice(0, 200)}`)
        if (new URL(location).host !== new URL(url).host) site = 'cross-site'
        url = location
        if (stop(url)) return url
      }
      throw new Error('redirected for ever')
    },
  }
}
