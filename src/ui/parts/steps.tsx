/** What went wrong as somebody wanted to come in, and what to do about it. */
import type { Trouble } from '../words.ts'

export function Steps({ trouble: { said, steps } }: { trouble: Trouble }) {
  return (
    <div class="trouble" role="alert">
      <h2>{said}</h2>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  )
}
