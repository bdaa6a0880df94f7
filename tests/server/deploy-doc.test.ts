/** docs/deploy.md and `npm run lab:deploy`, which walks its commands, say the same. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pagePath, readBlocks, withValues } from '../lab/deploy/document.ts'
import { blocksOfPage } from '../lab/deploy/walk.ts'

const page = readFileSync(pagePath, 'utf8')
const home = new URL('../../', import.meta.url).pathname

test('[DEPLOY-1] every command of the page is walked, with a value for each thing that is the reader’s own', () => {
  expect(blocksOfPage().names).toContain("name='bedside.example.lan'")
})

test.each([
  ['commands that nobody walks', page.replace('```sh\nversion=', '```sh\nrm -rf /\nversion=')],
  ['no block', page.replace('```sh\nversion=', '```text\nversion=')],
  ['two blocks', `${page}\n\`\`\`sh\nversion=v2\n\`\`\`\n`],
])('[DEPLOY-1] a page with %s is refused', (why, changed) => {
  expect(() => readBlocks(changed)).toThrow(why)
})

test('[DEPLOY-1] a value that the page does not ask for, or one that is missing, is refused', () => {
  expect(() => withValues('a=1\nb=2', { a: '1' })).toThrow('The page asks for a, b; the walk has a.')
  expect(withValues('a=1   # why', { a: '2' })).toBe("a='2'")
})

test('[DEPLOY-4] every file of Bedside that the page names is there', () => {
  const named = [...page.matchAll(/\/opt\/bedside\/([\w./-]+)|`((?:deploy|tests|src)\/[\w./-]+)`/g)]
  expect(named.length).toBeGreaterThan(8)
  for (const [, installed, plain = ''] of named) {
    const path = installed ?? plain
    expect([path, existsSync(home + path)]).toEqual([path, true])
  }
})

test('[DEPLOY-4] what the commands put in place of an example stands in the files that come with Bedside', () => {
  const examples = {
    Caddyfile: ['bedside.example.lan', '192.0.2.10'],
    'coturn.conf': [
      '192.0.2.11',
      'the-secret-that-bedside-has-too',
      '10.20.0.0-10.20.255.255',
      '10.30.0.0-10.30.255.255',
    ],
  }
  for (const [file, words] of Object.entries(examples))
    for (const word of words) {
      expect(page).toContain(`s|${word}|`)
      expect(readFileSync(`${home}deploy/${file}`, 'utf8')).toContain(word)
    }
})
