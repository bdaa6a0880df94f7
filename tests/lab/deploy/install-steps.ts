/** Steps 1 to 5 of docs/deploy.md: from an empty disk to a server behind HTTPS, and its relay. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { publish } from './repository.ts'
import { follow, holds, step, values, type Walk, well } from './walk.ts'

const readyMs = 60_000

/** The only step that needs the internet: on this host's network, before the machine is started. */
export async function installProgram({ machine, blocks }: Walk): Promise<void> {
  publish(join(machine.disk, 'srv/bedside.git'))
  const [packages = '', program = ''] = blocks.program.split(/\n(?=useradd)/)
  await step('1 packages', () => {
    well(machine.download(packages))
    return well(machine.download('node --version; npm --version; caddy version; dpkg-query -W coturn'))
  })
  await step('1 user, program, build', () => {
    well(machine.download(`${blocks.names}\n${program}`))
    return well(
      machine.download('ls -d /opt/bedside/dist/app; /opt/bedside/node_modules/.bin/node --version'),
    )
  })
  await step('1 nothing of it is the server’s to change', () => {
    const theirs = well(machine.download('find /opt/bedside ! -user root | head -n 3'))
    if (theirs) throw new Error(theirs)
  })
  // An update finds here what it finds on the internet elsewhere.
  writeFileSync(join(machine.disk, 'root/.npmrc'), 'offline=true\n')
}

export async function makeFolders(walk: Walk): Promise<void> {
  await step('2 folders and settings', () => {
    follow(walk, 'folders')
    const modes =
      "stat -c '%a %U:%G %n' /etc/bedside/bedside.env /var/lib/bedside /var/backups/bedside /srv/bedside-sheets"
    const text = well(
      walk.machine.run(`${modes}; grep -c '^BEDSIDE_SECRET="[^"]\\{40,\\}"' /etc/bedside/bedside.env`),
    )
    holds(text, '640 root:bedside /etc/bedside/bedside.env')
    return holds(text, /700 bedside:bedside \/var\/lib\/bedside/)
  })
}

export async function openHttps(walk: Walk, carry: () => void): Promise<void> {
  await step('3 Caddy has the address and its own authority', () => {
    follow(walk, 'https')
    return holds(
      well(walk.machine.run('openssl x509 -noout -subject -enddate -in /root/root.crt')),
      /notAfter.*/,
    )
  })
  carry()
  const asked = (more: string) =>
    walk.tablet.run(`curl -sS -o /dev/null -w '%{http_code} %{redirect_url}' --max-time 10 ${more}`)
  await step('3 a client without the root is warned', () =>
    holds(asked(`https://${values.name}/`).text, /curl: \(60\).*/),
  )
  await step('3 with it, there is no service behind it yet', () =>
    holds(well(asked(`--cacert root.crt https://${values.name}/`)), '502'),
  )
  await step('3 port 80 sends to 443', () =>
    holds(well(asked(`http://${values.name}/bed`)), `308 https://${values.name}/bed`),
  )
  await step('3 the root is installed on a tablet and a station', () => {
    for (const client of [walk.tablet, walk.station]) well(client.run(walk.blocks.trust))
    return well(walk.tablet.run('certutil -d sql:$HOME/.pki/nssdb -L | grep authority'))
  })
}

export async function startService(walk: Walk): Promise<void> {
  await step('4 the service', () => holds(follow(walk, 'service'), /Started bedside.*|active.*/))
  await step('4 ready, from the tablet’s side', () => isReached(walk))
  await step('4 its log', () =>
    holds(well(walk.machine.run('journalctl -u bedside --no-pager')), /Bedside is open at \S+/),
  )
  await step('4 as systemd confines it', () =>
    holds(well(walk.machine.run('systemd-analyze security bedside --no-pager | tail -n 1')), /1\.\d OK/),
  )
  await step('4 metrics, on this machine alone', () =>
    holds(well(walk.machine.run('curl -sS http://127.0.0.1:9464/metrics')), /bedside_alerts\{\S+ \d/),
  )
}

/** `{"ready":true}` by the command of the page. */
export async function isReached({ tablet, blocks }: Walk): Promise<string> {
  const untilMs = performance.now() + readyMs
  for (;;) {
    const { text } = tablet.run(blocks.reach)
    if (text.includes('{"ready":true}')) return text.split('\n').at(-1) ?? ''
    if (performance.now() > untilMs) throw new Error(text)
    await pass(200)
  }
}

export async function startRelay(walk: Walk): Promise<void> {
  await step('5 the relay', () => {
    follow(walk, 'relay')
    return listening(walk, ['udp', 'tcp'], 3478)
  })
  await step('5 TLS on 443', () => {
    follow(walk, 'relayByTls')
    return listening(walk, ['tcp'], 443)
  })
  await step('5 a client believes its certificate', () => {
    const ask = `openssl s_client -connect ${values.relay}:443 -servername ${values.relay} -verify_hostname ${values.relay}`
    return holds(
      well(walk.station.run(`${ask} -CAfile root.crt -verify_return_error </dev/null`)),
      /Verif.*: ?\S* ?.*[oO][kK].*/,
    )
  })
  await step('5 ready again', () => isReached(walk))
}

/** The relay's own process has this port of its own address. */
async function listening({ machine }: Walk, kinds: readonly string[], port: number): Promise<string> {
  const untilMs = performance.now() + readyMs
  for (;;) {
    const { text } = machine.run('ss -lntup')
    const rows = text.split('\n').filter((row) => row.includes(`${values.relay_address}:${port} `))
    const theirs = rows.filter((row) => row.includes('turnserver'))
    if (kinds.every((kind) => theirs.some((row) => row.startsWith(kind))))
      return `${kinds.join(' and ')} ${port}`
    if (performance.now() > untilMs)
      throw new Error(`${text}\n${machine.run('journalctl -u coturn -n 40 --no-pager').text}`)
    await pass(200)
  }
}
