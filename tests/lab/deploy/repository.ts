/** The repository that the walk's machine clones: this one as it stands, what is changed and not committed included, and a next version. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = fileURLToPath(new URL('../../../', import.meta.url))

function git(args: readonly string[], more: { input?: string; env?: Record<string, string> } = {}): string {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: home,
    encoding: 'utf8',
    ...(more.input !== undefined && { input: more.input }),
    env: { ...process.env, ...more.env },
  })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
  return stdout.trim()
}

const author = ['-c', 'user.name=Walk', '-c', 'user.email=walk@example.lan']

/** `next`: another page, and so another build; nothing else differs. The answer is the name of its tag. */
export function publish(bare: string): string {
  const current = git([...author, 'stash', 'create']) || git(['rev-parse', 'HEAD'])
  const next = nextOf(current)
  git(['init', '--quiet', '--bare', '--initial-branch=main', bare])
  git(['push', '--quiet', bare, `${current}:refs/heads/main`, `${next}:refs/tags/next`])
  return 'next'
}

function nextOf(current: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'walk-'))
  const env = { GIT_INDEX_FILE: join(folder, 'index') }
  try {
    const page = readFileSync(join(home, 'index.html'), 'utf8').replace(
      '</head>',
      '<meta name="walk" /></head>',
    )
    const blob = git(['hash-object', '-w', '--stdin'], { input: page })
    git(['read-tree', current], { env })
    git(['update-index', '--cacheinfo', `100644,${blob},index.html`], { env })
    const tree = git(['write-tree'], { env })
    return git([...author, 'commit-tree', tree, '-p', current, '-m', 'Another page'])
  } finally {
    rmSync(folder, { recursive: true })
  }
}
