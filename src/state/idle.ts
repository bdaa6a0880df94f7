/** How long a browser waits for a touch: the lock counts it, and so does whoever watches the touches. */
export const idleMs = 5 * 60_000
