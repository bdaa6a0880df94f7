/** What codecs would ask Node for; the build puts this in its place, since they ask only where there is a Node. */
export {}
