/** Who is named as the writer of what no person wrote. */
export const serverId = 'server'
