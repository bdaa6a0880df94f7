/** What the station says once its board stands: whom one cares for today, and a line for whoever does not hear. */
import { care } from './texts/care.ts'

export const careWords = care('care')
export const lineWords = care('line')
