/** Largest message that ends say to each other over the link of a call, in characters; longer ones are not read. */
export const maxTalk = 16_384
