/** What a program that a test starts knows of its surroundings, and nothing else: where programs lie, and what Node has compiled already. */
const { PATH = '', NODE_COMPILE_CACHE } = process.env

export const surroundings: Readonly<Record<string, string>> = {
  PATH,
  ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }),
}
