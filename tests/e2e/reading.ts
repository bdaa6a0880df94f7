/** How a screen reads to somebody who does not see, hear or point as its makers do: axe's rules and measured boxes. */
import axe from 'axe-core'
import type { CDPSession, Locator, Page } from 'playwright/test'
import { expect } from 'playwright/test'

/** WCAG 2.0, 2.1 and 2.2, levels A and AA. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

export type Reader = {
  /** What is to be seen on a screen: 4.5 : 1 at the station, 7 : 1 on the bed. */
  readonly contrast: 'color-contrast' | 'color-contrast-enhanced'
  /** How small a thing to press may be, in CSS pixels. */
  readonly targetPx: number
}

export const atStation: Reader = { contrast: 'color-contrast', targetPx: 44 }
export const atBed: Reader = { contrast: 'color-contrast-enhanced', targetPx: 64 }

/** One for each page, never let go: with any session that ends, Chromium takes the page's authenticators away. */
const sessions = new WeakMap<Page, CDPSession>()

async function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page))
  sessions.set(page, session)
  return session
}

/**
 * A world of axe's own beside the page's: it sees the same document and none of the page's names, and the page's policy
 * for scripts stands as it was delivered. It is the same world again while the document is the same.
 */
async function axeBeside(session: CDPSession): Promise<number> {
  const { frameTree } = await session.send('Page.getFrameTree')
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: 'axe',
  })
  if ((await evaluate(session, executionContextId, 'typeof axe')) === 'undefined')
    await evaluate(session, executionContextId, `${axe.source}; null`)
  return executionContextId
}

async function evaluate(session: CDPSession, contextId: number, expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    contextId,
    expression,
    awaitPromise: true,
    returnByValue: true,
  })
  if (exceptionDetails) throw new Error(`axe: ${exceptionDetails.exception?.description}`)
  return result.value
}

/** Each as a line: the rule, what breaks it, and how. */
function violations(session: CDPSession, contextId: number, options: object): Promise<unknown> {
  const lines = `found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ': ' + failureSummary))`
  const run = `axe.run(document, ${JSON.stringify(options)}).then((found) => ${lines})`
  return evaluate(session, contextId, run)
}

/** Every rule in the light, and once more in the dark what depends on it. */
export async function expectReadable(
  page: Page,
  name: string,
  { contrast, targetPx }: Reader,
): Promise<void> {
  const session = await sessionOf(page)
  const world = await axeBeside(session)
  const all = { runOnly: rules, rules: { [contrast]: { enabled: true } }, resultTypes: ['violations'] }
  expect.soft(await violations(session, world, all), `${name}, light`).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = { runOnly: { type: 'rule', values: [contrast] }, resultTypes: ['violations'] }
  expect.soft(await violations(session, world, dark), `${name}, dark`).toEqual([])
  await page.emulateMedia({ colorScheme: null })
  expect.soft(await smallTargets(page, targetPx), `${name}: targets under ${targetPx} px`).toEqual([])
}

/**
 * What can be pressed and is smaller than a finger needs. A box to tick is pressed by its label, a bed's number by its
 * whole card; the height of an entry in the plan's grid is its length.
 */
export function smallTargets(page: Page, leastPx: number): Promise<string[]> {
  return page.evaluate((least) => {
    const modal = document.querySelector('dialog:modal')
    const pressedBox = (one: HTMLElement) => {
      const isSpread = getComputedStyle(one, '::after').position === 'absolute'
      return ((isSpread && one.offsetParent) || one).getBoundingClientRect()
    }
    const pressed = 'button, a[href], input, select, textarea, summary, [role="button"]'
    return [...(modal ?? document).querySelectorAll<HTMLElement>(pressed)]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.closest('.grid') === null)
      .map((one) => (one.matches('[type="radio"], [type="checkbox"]') ? (one.closest('label') ?? one) : one))
      .map((one) => ({ one, box: pressedBox(one) }))
      .filter(({ box }) => Math.min(box.width, box.height) < least - 0.5)
      .map(
        ({ one, box }) =>
          `${one.tagName.toLowerCase()} "${one.ariaLabel ?? one.textContent?.trim()}" ${box.width.toFixed(0)} × ${box.height.toFixed(0)}`,
      )
  }, leastPx)
}

/** What runs on the page, or would run with the next change: under *reduced motion* there is none. */
export function motionOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const moving = ['', '::before', '::after'].flatMap((part) =>
      [...document.querySelectorAll('*')]
        .map((one) => ({ one, style: getComputedStyle(one, part) }))
        .filter(
          ({ style }) =>
            style.animationName !== 'none' ||
            style.transitionDuration.split(', ').some((long) => long !== '0s') ||
            style.scrollBehavior === 'smooth',
        )
        .map(({ one }) => `${one.tagName.toLowerCase()}.${one.getAttribute('class')}${part}`),
    )
    return [...moving, ...document.getAnimations().map(() => 'an animation')]
  })
}

/** Things to press or to read that are not wholly on the screen, or lie under another thing. */
export function cutOff(page: Page, selector: string): Promise<string[]> {
  return page.evaluate((wanted) => {
    const isCut = (one: Element): boolean => {
      const box = one.getBoundingClientRect()
      const outside =
        box.left < -0.5 || box.top < -0.5 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5
      const corners = [
        [box.left + 4, box.top + box.height / 2],
        [box.right - 4, box.top + box.height / 2],
        [box.left + box.width / 2, box.top + 4],
        [box.left + box.width / 2, box.bottom - 4],
      ] as const
      const covered = corners.some(([x, y]) => {
        const top = document.elementFromPoint(x, y)
        return !top || !(one.contains(top) || top.contains(one))
      })
      const isOverfull = one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
      return outside || covered || isOverfull
    }
    const modal = document.querySelector('dialog:modal')
    return [...(modal ?? document).querySelectorAll(wanted)]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .filter(isCut)
      .map(
        (one) =>
          `${one.tagName.toLowerCase()} "${one.textContent?.trim()}" ${JSON.stringify(one.getBoundingClientRect())}`,
      )
  }, selector)
}

/** Whether this, or something in it, has the focus. */
export function hasFocus(wanted: Locator): Promise<boolean> {
  return wanted.evaluateAll((found) => found.some((one) => one.contains(document.activeElement)))
}

/** Presses Tab until it comes to this: whoever has no pointer can. */
export async function tabToFocus(page: Page, wanted: Locator, most = 80): Promise<void> {
  for (let pressed = 0; pressed <= most; pressed += 1) {
    if (await hasFocus(wanted)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${wanted}`)
}

export function tabTo(page: Page, name: string): Promise<void> {
  return tabToFocus(page, page.getByRole('button', { name, exact: true }))
}
