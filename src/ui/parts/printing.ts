/** Paper in place of the screen, while the browser's own dialog prints it. */
import { useLayoutEffect } from 'preact/hooks'

/** The page's title is what a saved paper is called; the browser's own dialog does the rest. */
export function usePrinting(title: string, done: () => void): void {
  useLayoutEffect(() => {
    const before = document.title
    document.title = title
    document.documentElement.classList.add('printing')
    const over = () => done()
    window.addEventListener('afterprint', over)
    const soon = requestAnimationFrame(() => window.print())
    return () => {
      cancelAnimationFrame(soon)
      window.removeEventListener('afterprint', over)
      document.title = before
      document.documentElement.classList.remove('printing')
    }
  }, [title, done])
}
