/** What is said about whom one cares for today. */
import { care } from './texts/care.ts'

export const careWords = care('care')
