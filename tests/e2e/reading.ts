/** How a screen reads to somebody who does not see, hear or point as its makers do: axe's rules and measured boxes. */
import axe from 'axe-core'
import type { CDPSession, Locator, Page } from 'playwright/test'
import { expect } from 'playwright/test'
import { type Language, languages } from '../../src/core/languages.ts'

/** WCAG 2.0, 2.1 and 2.2, levels A and AA. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

export type Reader = {
  /** What is to be seen on a screen: 4.5 : 1 at the station, 7 : 1 on the bed. */
  readonly contrast: 'color-contrast' | 'color-contrast-enhanced'
  /** How small a thing to press may be, in CSS pixels. */
  readonly targetPx: number
  /** Beside the light one. */
  readonly themes: readonly Theme[]
}

/** Old or ill as at the bed, but near to one's own hand. */
export const atPhone: Reader = { contrast: 'color-contrast-enhanced', targetPx: 44, themes: ['dark'] }
export const atStation: Reader = { contrast: 'color-contrast', targetPx: 44, themes: ['dark'] }
export const atBed: Reader = { contrast: 'color-contrast-enhanced', targetPx: 64, themes: ['dark', 'night'] }

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

type Theme = 'light' | 'dark' | 'night'

/** As its browser asks for it; at night, in quiet hours, the bed is dim whatever its browser asks for. */
async function wear(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme === 'dark' ? 'dark' : null })
  await page.evaluate(
    (quiet) => document.querySelector('.bed')?.classList.toggle('quiet', quiet),
    theme === 'night',
  )
}

/** Has the screen that stands there speak another language. False: nobody could choose one there. */
export type Speak = (page: Page, language: Language) => Promise<boolean>

/** What depends on the words: that each control and the page have theirs. */
const ofWords = ['cat.language', 'cat.name-role-value', 'cat.text-alternatives', 'cat.forms']

/** The longest words are Finnish; `npm run test:whole` reads all of them. */
const otherLanguages =
  process.env.BEDSIDE_LANGUAGES === 'all' ? languages.filter((one) => one !== 'en') : (['fi'] as const)

/** Every rule in the light and in English, in the dark and at night the contrast, and in each language the words. */
export async function expectReadable(
  page: Page,
  name: string,
  { contrast, targetPx, themes }: Reader,
  speak: Speak = async () => false,
): Promise<void> {
  const session = await sessionOf(page)
  const world = await axeBeside(session)
  const look = async (options: object, how: string) => {
    const found = await violations(session, world, { ...options, resultTypes: ['violations'] })
    expect.soft(found, `${name}, ${how}`).toEqual([])
  }
  await look({ runOnly: rules, rules: { [contrast]: { enabled: true } } }, 'light')
  expect.soft(await smallTargets(page, targetPx), `${name}: targets under ${targetPx} px`).toEqual([])
  for (const theme of themes) {
    await wear(page, theme)
    await look({ runOnly: { type: 'rule', values: [contrast] } }, theme)
  }
  await wear(page, 'light')
  for (const language of otherLanguages) {
    if (!(await speak(page, language))) return
    await look({ runOnly: ofWords }, language)
    expect.soft(await cutOff(page), `${name}, ${language}: cut off`).toEqual([])
  }
  await speak(page, 'en')
}

/** The list in the bar; a dialog over it keeps a person from it, and no test. */
export const speakAtStation: Speak = async (page, language) => {
  const isChosen = await page.evaluate((wanted) => {
    const list = document.querySelector<HTMLSelectElement>('.language select')
    if (list) list.value = wanted
    return list?.dispatchEvent(new Event('change', { bubbles: true })) ?? false
  }, language)
  if (isChosen) await expect(page.locator('html')).toHaveAttribute('lang', language)
  return isChosen
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

/** What is read or pressed, and whose words must not be wider than their place. */
const worded =
  'button, a[href], label, legend, summary, h1, h2, h3, p, dt, dd, output, th, td, .status, .emergency, .place'
/** What the screen is for, and what must be seen whatever is scrolled. */
const vital =
  '.emergency, .incoming-choice .button, .in-call:not(.behind) .controls > .button.primary, .screen > .doings > .button.primary'

/**
 * What is cut: words wider than their place, things that stick out of theirs where nothing scrolls, things under
 * others, and what is vital and not wholly in sight.
 */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(
    ([wanted, needed]) => {
      const modal = [...document.querySelectorAll('dialog:modal')].at(-1)
      const scrolls = (one: Element, way: 'X' | 'Y') => {
        const isWorth = way === 'X' ? one.scrollWidth > one.clientWidth : one.scrollHeight > one.clientHeight
        const page = one === document.documentElement
        return isWorth && (page || ['auto', 'scroll'].includes(getComputedStyle(one)[`overflow${way}`]))
      }
      /** The part of the screen in which it can be seen, and whether it can be brought there. */
      const placeOf = (one: Element) => {
        const place = {
          left: 0,
          top: 0,
          right: innerWidth,
          bottom: innerHeight,
          isReached: { X: false, Y: false },
        }
        for (
          let around = one.parentElement;
          around && around !== modal?.parentElement;
          around = around.parentElement
        ) {
          place.isReached.X ||= scrolls(around, 'X')
          place.isReached.Y ||= scrolls(around, 'Y')
          if (getComputedStyle(around).overflowY === 'visible' || around.matches('html, body')) continue
          const box = around.getBoundingClientRect()
          place.left = Math.max(place.left, box.left)
          place.top = Math.max(place.top, box.top)
          place.right = Math.min(place.right, box.right)
          place.bottom = Math.min(place.bottom, box.bottom)
        }
        return place
      }
      /** What stays in sight while a form scrolls under it covers nothing for good. */
      const isStuck = (one: Element | null): boolean =>
        one !== null && (getComputedStyle(one).position === 'sticky' || isStuck(one.parentElement))
      const faults = (one: Element): string[] => {
        const box = one.getBoundingClientRect()
        const place = placeOf(one)
        const [aside, above] = [
          box.left < place.left - 1 || box.right > place.right + 1,
          box.top < place.top - 1 || box.bottom > place.bottom + 1,
        ]
        const isVital = one.matches(needed)
        const isWide = one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
        const points = [
          [box.left + 4, box.top + box.height / 2],
          [box.right - 4, box.top + box.height / 2],
          [box.left + box.width / 2, box.top + 4],
          [box.left + box.width / 2, box.bottom - 4],
        ] as const
        const isCovered = points.some(([x, y]) => {
          const top = document.elementFromPoint(x, y)
          const isSpread = top && getComputedStyle(top, '::after').position === 'absolute'
          const over = isSpread ? top.parentElement?.closest('li, article') : top
          if (place.isReached.Y && !isVital && isStuck(top)) return false
          // It goes by itself, or with a press.
          if (!isVital && top?.closest('.toasts')) return false
          return !(top && (one.contains(top) || over?.contains(one) || over?.contains(modal ?? null)))
        })
        return [
          isWide && getComputedStyle(one).textOverflow !== 'ellipsis' ? 'too wide' : '',
          aside && !(place.isReached.X && !isVital) ? 'beside its place' : '',
          above && !(place.isReached.Y && !isVital) ? 'out of its place' : '',
          !aside && !above && isCovered && one.closest('.grid, .stage') === null ? 'covered' : '',
        ].filter((fault) => fault !== '')
      }
      return [...(modal ?? document).querySelectorAll(wanted)]
        .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .filter(
          (one) =>
            one.clientWidth !== 1 && one.closest('.unseen, [inert]') === null && one.textContent !== '',
        )
        .flatMap((one) =>
          faults(one).map((fault) => `${one.tagName.toLowerCase()} "${one.textContent?.trim()}" ${fault}`),
        )
    },
    [worded, vital] as const,
  )
}

/** A usual tablet both ways, and a small one. */
const tablets = [
  [1280, 800],
  [800, 1280],
  [1024, 600],
] as const

/** In letters of twice the size nothing is cut off on any tablet. */
export async function expectWhole(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const [width, height] of tablets) {
    await page.setViewportSize({ width, height })
    expect.soft(await cutOff(page), `${name} at 200 %, ${width} × ${height}`).toEqual([])
  }
  if (before) await page.setViewportSize(before)
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

type Heard = { readonly role: string; readonly name: string; readonly node: number | undefined }

/** What a screen reader is told of a page: roles and names, in order, and nothing of what is only seen. */
async function treeOf(page: Page): Promise<Heard[]> {
  const { nodes } = await (await sessionOf(page)).send('Accessibility.getFullAXTree')
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, backendDOMNodeId }) => ({
      role: String(role?.value),
      name: String(name?.value ?? ''),
      node: backendDOMNodeId,
    }))
}

/** Until a screen reader comes to this. */
export async function expectHeard(page: Page, role: string, name: RegExp): Promise<void> {
  const found = async () => (await treeOf(page)).some((one) => one.role === role && name.test(one.name))
  await expect.poll(found, { message: `${role} ${name}` }).toBe(true)
}

/** Presses what is found in the tree under this name, as a screen reader and a switch do it: by the node, without a place. */
export async function pressByEar(page: Page, name: string): Promise<void> {
  await expectHeard(page, 'button', new RegExp(`^${name}$`))
  const session = await sessionOf(page)
  const { node = 0 } = (await treeOf(page)).find((one) => one.role === 'button' && one.name === name) ?? {}
  const { object } = await session.send('DOM.resolveNode', { backendNodeId: node })
  await session.send('Runtime.callFunctionOn', {
    objectId: object.objectId ?? '',
    functionDeclaration: 'function () { this.focus(); this.click() }',
  })
}
