/** Who is here at the same time, by name: how many sockets an address or a person holds open. */

export type Crowd<Member> = ReturnType<typeof createCrowd<Member>>

export function createCrowd<Member>(most: number) {
  const crowds = new Map<string, Set<Member>>()

  return {
    /** Its members, the oldest first. */
    of: (name: string): Iterable<Member> => crowds.get(name) ?? [],
    isFull: (name: string) => (crowds.get(name)?.size ?? 0) >= most,
    /** Takes a member in; the answer is the oldest one when they are too many now, and null otherwise. */
    join(name: string, member: Member): Member | null {
      const crowd = crowds.get(name) ?? new Set()
      crowds.set(name, crowd.add(member))
      const [oldest] = crowd
      return crowd.size > most && oldest !== undefined ? oldest : null
    },
    leave(name: string, member: Member): void {
      const crowd = crowds.get(name)
      crowd?.delete(member)
      if (crowd?.size === 0) crowds.delete(name)
    },
    /** How many names are remembered. */
    size: () => crowds.size,
  }
}
